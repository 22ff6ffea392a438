import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entityOf } from '../../../electron/engine/sync/entities.ts';
import type { UPLOAD_STATES } from '../../../shared/model/upload-state.ts';
import { isSame, type Fields, type RecordType, type Value } from './collections.ts';
import { isHeld, type Intent } from './intents.ts';
import type { Program } from './program.ts';
import type { World } from './world.ts';

type UploadState = keyof typeof UPLOAD_STATES;

const NOT_ACCEPTED: readonly UploadState[] = ['queued', 'inflight', 'unknown', 'refused', 'withdrawn'];

type Change = Awaited<ReturnType<World['people'][number]['changes']>>[number];

/** Changes that need nobody: neither stopped, nor behind or below one that is. */
export async function openWork(world: World, index: number): Promise<readonly string[]> {
  const engine = world.programs[index]?.engine();
  const person = world.people[index];
  if (!engine || !person) return [];
  const changes = await person.changes();
  const stopped = new Set(stoppedIn(changes));
  for (const { entityId, state } of changes) {
    // Behind a row of an upload that was refused.
    if (state === 'blocked' && (await isRowOfUpload(world, index, entityId, ['refused']))) stopped.add(entityId);
  }
  const open = changes
    .filter(({ entityId, accountId }) => !stopped.has(entityId) && !(accountId !== null && stopped.has(accountId)))
    .map(({ id, kind, state, reason, entityName }) => `${kind} ${entityName} ${state} ${reason} ${id.slice(-4)}`);
  const { batches } = await world.programs[index]!.client().outbox.list({ accountId: null, limit: 1 });
  const rows = batches
    .filter(({ accountId, waitingCount }) => waitingCount > 0 && !(accountId !== null && stopped.has(accountId)))
    .map(({ fileName, waitingCount }) => `${waitingCount} rows of ${fileName}`);
  return [...open, ...rows];
}

/** The power may have gone before the person was told of an upload; its results tell of it all the same. */
async function isRowOfUpload(
  { programs }: World,
  index: number,
  id: string,
  states: readonly UploadState[],
): Promise<boolean> {
  const api = programs[index]!.client();
  for (const upload of (await api.uploads.list({ accountId: null })).uploads) {
    const { rows } = await api.uploads.rows({ id: upload.id, limit: 200 });
    if (rows.some(({ userId, state }) => userId === id && states.includes(state))) return true;
  }
  return false;
}

/** Records whose queue waits for a person; an account only when it does not exist yet. */
function stoppedIn(changes: readonly Change[]): ReadonlySet<string> {
  const isStopped = ({ state }: Change): boolean => state === 'conflict' || state === 'quarantine';
  return new Set(
    changes
      .filter(isStopped)
      .flatMap(({ entityId, type, kind }) =>
        type === 'account' && kind !== 'create' ? [`lane ${entityId}`, entityId] : [entityId],
      ),
  );
}

/** I4 and I11: what each screen shows is what the cloud has, with what waits on top. The differences. */
export async function differences(world: World, index: number): Promise<readonly string[]> {
  const { cloud, people, programs } = world;
  const person = people[index];
  const engine = programs[index]?.engine();
  if (!person || !engine) return ['the program does not run'];
  const found: string[] = [];
  const seen = new Set<string>();
  const changes = await person.changes();

  async function compare(type: RecordType, id: string): Promise<void> {
    const view = await person!.viewOf(type, id);
    if (!view) return void found.push(`${id} is listed and not there`);
    person!.know(type, id, view);
    const mine = changes.filter(({ entityId }) => entityId === id);
    const record = view.sid === null ? undefined : cloud.state.records.get(view.sid);
    if (view.sid !== null) seen.add(view.sid);
    if (view.sid !== null && !record) return void found.push(`${view.sid} is shown and the cloud does not have it`);
    if (!record) {
      const isUpload =
        world.intents.createBy(index, id)?.upload ?? (await isRowOfUpload(world, index, id, NOT_ACCEPTED));
      if (mine.length === 0 && !isUpload) found.push(`${id} is shown, and neither the cloud nor the queue knows it`);
      return;
    }
    const base: Fields =
      mine.length === 0 ? view.fields : (entityOf(type).base(engine!.repositories, id)?.fields ?? {});
    for (const [field, value] of Object.entries(record.fields)) {
      if (!isSame(base[field], value))
        found.push(`${record.sid} ${field}: cloud ${String(value)}, mirror ${String(base[field])}`);
    }
    for (const [field, value] of Object.entries(onTop(record.fields, mine))) {
      if (textOf(view.fields[field]) !== value)
        found.push(`${record.sid} ${field}: ${value} waits, the screen shows ${textOf(view.fields[field])}`);
    }
  }

  for (const { id } of await person.accounts()) {
    await compare('account', id);
    const api = programs[index]!.client();
    const { rows } = await api.users.page({ accountId: id, limit: 200 });
    for (const row of rows) await compare('user', row.id);
  }
  for (const record of cloud.state.records.values()) {
    if (!seen.has(record.sid)) found.push(`${record.sid} is not shown`);
  }
  return found;
}

function onTop(fields: Fields, changes: readonly Change[]): Readonly<Record<string, string>> {
  const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, textOf(value)]));
  for (const { fields: changed } of changes) for (const { field, to } of changed) texts[field] = to;
  return texts;
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' || value === undefined ? (value ?? '') : value.join(', ');
}

/** I2: every change that a person was told is kept is in the cloud, or was replaced or taken back by that person, or stands on the screen. */
export async function checkNothingLost(world: World, index: number, actor: string): Promise<void> {
  const { intents, programs, run } = world;
  const engine = programs[index]?.engine();
  if (!engine) return;
  // Now the person sees where in the queue each change stands.
  await world.people[index]?.changes();
  const queue = engine.repositories.outbox.page(actor, null, { offset: 0, limit: 1000 }).changes;
  const queued = new Set(queue.map(({ opId }) => opId));
  const mine = intents.all.filter((one) => one.client === index && one.actor === actor && one.isSure && !one.isUndone);
  for (const intent of mine) {
    if (intent.upload) {
      await checkRow(world, index, intent);
      continue;
    }
    if (intent.opId !== null && queued.has(intent.opId)) continue;
    if (intent.kind === 'delete') {
      if (!isGone(world, index, intent)) run.fail('I2', `c${index} lost the delete of ${intent.entity}`);
      continue;
    }
    // With its record went what was not sent of it.
    if (deletedLater(world, intent)) continue;
    for (const [field, value] of Object.entries(intent.patch)) {
      // What the person was not told may have been kept all the same.
      const later = intents.all.some(
        (one) =>
          one.client === index &&
          one.actor === actor &&
          one.entity === intent.entity &&
          !one.isUndone &&
          one.order > intent.order &&
          field in one.patch &&
          (one.isSure || hasArrived(world, index, { intent: one, field, value: one.patch[field] ?? '' })),
      );
      if (later || takesBack(intents.all, intent, field) || hasArrived(world, index, { intent, field, value }))
        continue;
      run.fail('I2', `c${index} lost ${field}=${String(value)} of ${intent.entity} (${intent.kind} ${intent.order})`);
      break;
    }
  }
}

function deletedLater({ intents }: World, intent: Intent): boolean {
  return intents.all.some(
    ({ kind, client, actor, entity, order }) =>
      kind === 'delete' &&
      client === intent.client &&
      actor === intent.actor &&
      entity === intent.entity &&
      order > intent.order,
  );
}

/** An edit that joined a waiting one and set a field to what it was before that: of the two nothing is left to be sent. */
function takesBack(all: readonly Intent[], intent: Intent, field: string): boolean {
  const joined = all.find(
    ({ opId, order, patch }) => opId !== null && opId === intent.opId && order < intent.order && field in patch,
  );
  return joined !== undefined && isSame(joined.view[field], intent.patch[field]);
}

function isGone({ intents, cloud }: World, index: number, { entity }: Intent): boolean {
  const sid = intents.sidOf(index, entity);
  return sid === null || !cloud.state.records.has(sid);
}

/** At some moment since the wish the cloud had this value. */
function hasArrived(
  { intents, commits, cloud }: World,
  index: number,
  { intent, field, value }: { intent: Intent; field: string; value: Value },
): boolean {
  const sid = intent.createdSid ?? intents.sidOf(index, intent.entity);
  if (sid === null) return false;
  const log = commits.log.filter((commit) => commit.sid === sid);
  const later = log.filter(({ seq }) => seq > intent.cloudSeq);
  const mine = intents.ofRecord(index, sid);
  const asked = { ...intent, patch: { [field]: value } };
  if (later.some(({ after }) => after && isHeld(field, after[field], asked, mine))) return true;
  // Of a record that was gone by then, what it was last: a wish for that had nothing to change.
  const lastSeen = log.findLast(({ op, seq }) => op === 'remove' && seq <= intent.cloudSeq)?.before;
  const atWish = later[0]?.before ?? cloud.state.records.get(sid)?.fields ?? lastSeen ?? undefined;
  return atWish !== undefined && isHeld(field, atWish[field], asked, mine);
}

async function checkRow({ programs, commits, run }: World, index: number, { upload, patch }: Intent): Promise<void> {
  if (!upload) return;
  const { rows } = await programs[index]!.client().uploads.rows({ id: upload.importId, limit: 200 });
  const row = rows.find((one) => one.row === upload.row);
  if (!row) return run.fail('I2', `c${index} lost row ${upload.row} of an upload`);
  if (row.state !== 'sent' && row.state !== 'visible') return;
  if (!commits.log.some(({ op, after }) => op === 'add' && after?.['email'] === patch['email']))
    run.fail('I2', `c${index} says that ${String(patch['email'])} was sent, and it never arrived`);
}

/** I11, I12 and I14, on the files as they are. */
export function checkFiles(program: Program, world: World, isThorough: boolean): void {
  const { run } = world;
  const engine = program.engine();
  if (!engine) return;
  const { journal, cache } = engine.repositories;
  const rows = journal.sql
    .prepare('SELECT at, actor, op_id, event, detail, correlation_id, previous_hash, hash FROM audit ORDER BY id')
    .all();
  let previous = '';
  for (const row of rows as Record<string, string>[]) {
    const hash = createHash('sha256')
      .update(
        JSON.stringify([
          previous,
          row['at'],
          row['actor'],
          row['op_id'],
          row['event'],
          row['detail'],
          row['correlation_id'],
        ]),
      )
      .digest('hex');
    if (row['previous_hash'] !== previous || row['hash'] !== hash) {
      run.fail('I14', `c${program.index} audit is broken`);
      break;
    }
    previous = hash;
  }
  if (!isThorough) return;
  for (const { name, sql } of [journal, cache]) {
    const answer = sql.pragma('integrity_check', { simple: true });
    if (answer !== 'ok') run.fail('I11', `c${program.index} ${name}: ${String(answer)}`);
  }
  const unindexed = cache.sql
    .prepare(
      'SELECT count(*) AS total FROM users u WHERE u.is_deleted = 0 AND u.rowid NOT IN (SELECT rowid FROM users_fts)',
    )
    .get() as { total: number };
  if (unindexed.total > 0) run.fail('I11', `c${program.index}: ${unindexed.total} users cannot be found by search`);
  for (const file of ['journal.db', 'journal.db-wal', 'cache.db', 'cache.db-wal']) {
    if (readFileSync(join(program.folder, file)).includes('canary-'))
      run.fail('I12', `c${program.index} ${file} holds a secret`);
  }
}
