import { entityOf } from '../../../electron/engine/sync/entities.ts';
import { COLLECTIONS, type Fields } from './collections.ts';
import type { Intent, Intents, NewIntent } from './intents.ts';
import type { Choice, Desk } from './person-at-work.ts';
import { pick } from './pick.ts';
import type { Program } from './program.ts';
import type { RunRecord } from './record-of-run.ts';

type Conflict = Awaited<ReturnType<ReturnType<Program['client']>['conflicts']['list']>>['conflicts'][number];

/** What a person does with work that waits: deletes, decides, drops, moves, pins. */
export function createDecisions(options: {
  readonly program: Program;
  readonly intents: Intents;
  readonly run: RunRecord;
  readonly desk: Desk;
}) {
  const { program, intents, run, desk } = options;
  const { note, isAlive, changes, viewOf, know, wish, accounts, count } = desk;
  const api = () => program.client();
  let serial = 0;

  const ofChange = (id: string): readonly Intent[] => intents.all.filter(({ opId }) => opId === id);

  /** True: done. Null: nobody was told, so nothing about these changes is sure any more. */
  async function attempt(
    touched: () => readonly Intent[],
    command: () => Promise<{ readonly ok: boolean }>,
  ): Promise<boolean | null> {
    try {
      return (await command()).ok;
    } catch (error) {
      if (isAlive()) throw error;
      for (const intent of touched()) intent.isSure = false;
      return null;
    }
  }

  async function deleteUser([a, b]: Choice): Promise<void> {
    const home = pick(await accounts(), a);
    if (!home) return;
    const row = pick((await api().users.page({ accountId: home.id, limit: 60 })).rows, b);
    const view = row && (await viewOf('user', row.id));
    // One that is only here is taken back, which `undo` does.
    if (!row || !view || view.sid === null) return;
    know('user', row.id, view);
    note(`delete user ${view.sid}`);
    const mine = intents.add(wish('user', 'delete', { entity: row.id, parent: home.id, patch: {}, view: view.fields }));
    const isDone = await attempt(
      () => [mine],
      () => api().users.remove({ id: row.id }),
    );
    if (isDone === false) intents.withdraw(mine);
    if (!isDone) return;
    mine.isSure = true;
    count('deletes');
    const queued = (await changes()).findLast(({ entityId, kind }) => entityId === row.id && kind === 'delete');
    mine.opId = queued?.id ?? null;
  }

  async function resolve([a, b, c]: Choice): Promise<void> {
    const { conflicts } = await api().conflicts.list({ accountId: null, limit: 100 });
    const conflict = pick(conflicts, a);
    const engine = program.engine();
    if (!conflict || !engine) return;
    const before = await changes();
    const theirs = entityOf(conflict.type).base(engine.repositories, conflict.entityId)?.fields ?? {};
    const choice: 'mine' | 'theirs' | 'edit' =
      b < 0.4 ? 'mine' : b < 0.75 || conflict.kind === 'gone-there' ? 'theirs' : 'edit';
    note(`resolve ${conflict.kind} of ${conflict.entityName}: ${choice}`);
    count(`resolved ${choice}`);
    // Screens ask about a deletion only while its record is there.
    if (conflict.kind === 'gone-there' && before.some(({ id, kind }) => id === conflict.id && kind === 'delete'))
      return run.fail('L7', `c${program.index} asks about a deletion of ${conflict.entityName}, which is gone`);
    const again = conflict.kind === 'gone-there' && choice === 'mine' ? await madeAgain(conflict) : null;
    if (conflict.kind === 'gone-there' && choice === 'mine' && !again) return;
    const edit = choice === 'edit' ? editOf(conflict, c, theirs) : null;
    if (choice === 'edit' && !edit) return;
    if (edit) edit.intent.place = Math.min(edit.intent.place, ...ofChange(conflict.id).map(({ place }) => place));
    // The word counts even if the power goes before the answer.
    for (const intent of ofChange(conflict.id)) intent.decidedAgainst.push(theirs);
    const groups = edit
      ? [{ group: edit.group, choice: 'edit' as const, values: edit.intent.patch as Record<string, string> }]
      : namedGroups(conflict).map(({ group }) => ({ group, choice, values: {} }));
    const isDone = await attempt(
      () => intents.all.filter(({ opId }) => opId !== null && before.some(({ id }) => id === opId)),
      () => api().conflicts.resolve({ id: conflict.id, theirsMark: conflict.theirsMark, groups }),
    );
    const added = again ?? edit?.intent ?? null;
    if (isDone === false && added) intents.withdraw(added);
    if (!isDone) return;
    if (edit) for (const intent of ofChange(conflict.id)) without(intent, edit.fields);
    if (added) added.isSure = true;
    if (edit) edit.intent.opId = conflict.id;
    await takenBack(before, again);
  }

  /** What has left the queue by the person's word, and where in it the record that is made again stands. */
  async function takenBack(before: readonly { readonly id: string }[], again: Intent | null): Promise<void> {
    const now = await changes();
    const left = new Set(now.map(({ id }) => id as string));
    // Without its place a taking back of it would look like a loss.
    const made = again && now.findLast(({ id, kind }) => kind === 'create' && before.every((one) => one.id !== id));
    if (again && made) Object.assign(again, { entity: made.entityId, opId: made.id });
    for (const intent of intents.all)
      if (intent !== again && intent.opId !== null && !left.has(intent.opId))
        intent.isUndone ||= before.some(({ id }) => id === intent.opId);
  }

  /** Kept although it is gone over there: a new record with what the screen shows. */
  async function madeAgain({ type, entityId, accountId }: Conflict): Promise<Intent | null> {
    if (type !== 'user') return null;
    const view = await viewOf('user', entityId);
    const home = accountId === null ? null : await viewOf('account', accountId);
    if (!view || !home || accountId === null || intents.createOf(program.index, 'user', view.fields)) return null;
    know('account', accountId, home);
    serial += 1;
    const on = { entity: `again-${serial}`, parent: accountId, patch: view.fields, view: {} };
    return intents.add(wish('user', 'create', on));
  }

  function editOf(conflict: Conflict, choice: number, theirs: Fields) {
    const texts = conflict.groups.flatMap(({ group, fields }) =>
      fields.filter(({ field }) => field in EDITED).map(({ field }) => ({ group, field, fields })),
    );
    const chosen = conflict.kind === 'both-changed' && conflict.type === 'user' ? pick(texts, choice) : null;
    if (!chosen) return null;
    serial += 1;
    const value = EDITED[chosen.field]?.(program.index, serial) ?? '';
    const on = {
      entity: conflict.entityId,
      parent: conflict.accountId,
      patch: { [chosen.field]: value },
      view: theirs,
    };
    const intent = intents.add(wish(conflict.type, 'patch', on));
    return { intent, group: chosen.group, fields: chosen.fields.map(({ field }) => field) };
  }

  async function dropFields([a, b]: Choice): Promise<void> {
    const before = await changes();
    const change = pick(
      before.filter(({ kind, fields }) => kind === 'patch' && fields.length > 0),
      a,
    );
    const field = change && pick(change.fields, b)?.field;
    if (!change || field === undefined) return;
    note(`drop ${field} of ${change.entityName}`);
    const isDone = await attempt(
      () => intents.all.filter(({ opId }) => opId !== null),
      () => api().outbox.dropFields({ id: change.id, fields: [field] }),
    );
    if (!isDone) return;
    count('dropped fields');
    const group = COLLECTIONS[change.type].groups.find((one) => one.includes(field)) ?? [field];
    const isLeft = (await changes()).some(({ id }) => id === change.id);
    if (isLeft) for (const intent of ofChange(change.id)) without(intent, group);
    else await takenBack(before, null);
  }

  async function moveChange([a, b]: Choice): Promise<void> {
    const change = pick(await changes(), a);
    if (!change) return;
    const to = pick(['first', 'up', 'down', 'last'] as const, b) ?? 'up';
    note(`move ${change.kind} of ${change.entityName} ${to}`);
    await attempt(
      () => [],
      () => api().outbox.move({ id: change.id, to }),
    );
  }

  async function pin([a, b]: Choice): Promise<void> {
    const home = pick(await accounts(), a);
    if (!home) return;
    note(`${b < 0.6 ? 'pin' : 'unpin'} ${home.name}`);
    await attempt(
      () => [],
      () => api().offline.pin({ accountIds: [home.id], pinned: b < 0.6 }),
    );
  }

  return { deleteUser, resolve, dropFields, moveChange, pin };
}

const EDITED: Readonly<Record<string, (client: number, serial: number) => string>> = {
  mobile: (client, serial) => `+1777${1_000_000 + client * 100_000 + serial}`,
  extension: (client, serial) => String(7_000_000 + client * 100_000 + serial),
  firstName: (client, serial) => `Decided${client}${serial}`,
  lastName: (client, serial) => `Decided${client}${serial}`,
};

/** As the screen does: where no group is left to name, the word holds for the record. */
function namedGroups({ groups }: Conflict): readonly { readonly group: string }[] {
  return groups.length > 0 ? groups : [{ group: 'record' }];
}

function without(intent: Intent, fields: readonly string[]): void {
  intent.patch = Object.fromEntries(Object.entries(intent.patch).filter(([name]) => !fields.includes(name)));
}

export type WishOf = (
  type: 'account' | 'user',
  kind: Intent['kind'],
  on: { entity: string; parent: string | null; patch: Fields; view: Fields },
) => NewIntent;
