import { COLLECTIONS, isSame, type Fields, type RecordType } from './collections.ts';
import { isOutcome, wasSeen, type Intent, type Intents } from './intents.ts';
import type { RunRecord } from './record-of-run.ts';
import type { Commit, VirtualCloud } from './virtual-cloud.ts';
import type { Looks } from './watch-looks.ts';

/** Judges every change the cloud makes at the moment it makes it: I1, I3, I6, I7, and whose work it is. */
export function createCommitWatch(options: {
  readonly cloud: () => VirtualCloud;
  readonly intents: Intents;
  readonly looks: Looks;
  readonly run: RunRecord;
  readonly clientOf: (request: number) => number;
  /** A laptop whose clock was set cannot know how old a key is. */
  readonly hasJumped: (client: number) => boolean;
}) {
  const { cloud, intents, looks, run, clientOf, hasJumped } = options;
  const log: Commit[] = [];
  const lastOrder = new Map<string, number>();

  function judgeAdd(commit: Commit, client: number): void {
    const after = commit.after ?? {};
    const intent = intents.createOf(client, commit.type, after);
    if (!intent) return run.fail('I3', `c${client} created ${commit.sid}, which nobody asked for`);
    const first = log.find(({ op, sid }) => op === 'add' && sid === intent.createdSid);
    if (first && isWantedAgain(intent, first)) run.count('made once more by the person’s word');
    else if (first && !isBeyondSight(commit, first))
      run.fail('I1', `${commit.sid} is the second record of ${first.sid}`);
    else if (first) run.count('exempt: second create beyond sight');
    intent.createdSid = commit.sid;
    if (intent.actor !== commit.sub) run.fail('L19', `${commit.sid}: asked by ${intent.actor}, sent as ${commit.sub}`);
    if (intent.parent !== null && intents.sidOf(client, intent.parent) !== commit.parent)
      run.fail('I6', `${commit.sid} was created in ${commit.parent}, not in the account it was made for`);
    const wanted = intents.ofRecord(client, commit.sid);
    for (const [field, value] of Object.entries(commit.asked)) {
      if (!wanted.some(({ patch }) => isSame(patch[field], value)))
        run.fail('I3', `${commit.sid} was created with ${field}=${String(value)}, which nobody asked for`);
    }
    lastOrder.set(laneOf(commit, intent), intent.place);
  }

  /** Somebody else has deleted the record, and the person, who was told so, has said: once more. */
  function isWantedAgain({ decidedAgainst, client }: Intent, { sid }: Commit): boolean {
    const removed = log.find((one) => one.op === 'remove' && one.sid === sid);
    return decidedAgainst.length > 0 && removed !== undefined && clientOf(removed.request) !== client;
  }

  /** The cloud keeps neither reference nor key, and the first record is no longer what was sent. */
  function isBeyondSight(commit: Commit, first: Commit): boolean {
    const { records, tombstones } = cloud().state;
    const stone = tombstones.find(({ sid }) => sid === first.sid);
    const reference = (records.get(first.sid) ?? stone)?.externalRef ?? null;
    if (reference !== null && cloud().settings.capabilities.externalRef) return false;
    if (looks.isKeyed(first.request) && !hasJumped(clientOf(commit.request))) return false;
    const now = records.get(first.sid)?.fields;
    return !now || Object.entries(first.asked).some(([field, value]) => !isSame(now[field], value));
  }

  function judgeReplace(commit: Commit, client: number): void {
    const { sid, before, after, asked } = commit;
    if (!before || !after) return;
    const mine = intents.ofRecord(client, sid);
    const changed = Object.keys(asked).filter((field) => !isSame(before[field], after[field]));
    for (const field of changed) {
      const known = looks.fieldsAtLook(commit, log);
      const grounds = [before, ...(known ? [known] : [])];
      const asking = mine.filter((intent) =>
        grounds.some((ground) => isOutcome({ field, before: ground[field], after: after[field] }, intent, mine)),
      );
      if (asking.length === 0) {
        run.fail('I3', `c${client} set ${field} of ${sid} to ${String(after[field])}, which nobody asked for`);
        continue;
      }
      if (!asking.some(({ actor }) => actor === commit.sub))
        run.fail('L19', `${sid}: asked by ${asking[0]?.actor}, sent as ${commit.sub}`);
      const unit = unitOf(commit.type, field);
      const isSeen = (ground: Fields): boolean =>
        asking.some(
          (intent) =>
            isOutcome({ field, before: ground[field], after: after[field] }, intent, mine) &&
            unit.every((member) => wasSeen(ground[member], member, intent, mine)),
        );
      if (isSeen(before)) continue;
      if (known && isSeen(known)) {
        run.count('exempt: two writers between look and write');
        continue;
      }
      const overwritten = unit.map((member) => `${member}=${String(before[member])}`).join(', ');
      run.fail('I3', `c${client} overwrote ${overwritten} of ${sid} with ${field}=${String(after[field])} unseen`);
    }
    judgeOrder(commit, { client, mine, changed });
  }

  /** Only a record that the person saw is deleted. */
  function judgeRemove(commit: Commit, client: number): void {
    const { sid, before, type } = commit;
    const mine = intents.ofRecord(client, sid);
    const asking = mine.filter(({ kind }) => kind === 'delete');
    if (asking.length === 0) return run.fail('I3', `c${client} deleted ${sid}, which nobody asked for`);
    if (!asking.some(({ actor }) => actor === commit.sub))
      run.fail('L19', `${sid}: deleted by ${asking[0]?.actor}, sent as ${commit.sub}`);
    const isSeen = (ground: Fields): boolean =>
      asking.some((one) =>
        Object.keys(COLLECTIONS[type].blank).every((name) => wasSeen(ground[name], name, one, mine)),
      );
    if (isSeen(before ?? {})) return;
    const known = looks.fieldsAtLook(commit, log);
    if (known && isSeen(known)) run.count('exempt: two writers between look and write');
    else run.fail('I3', `c${client} deleted ${sid} as nobody had seen it: ${JSON.stringify(before)}`);
  }

  /**
   * Changes of one record arrive in the order in which they were made. What was stopped and decided anew may come once more. Without a
   * reference a create in doubt and the record it has made are two on the screen, and nobody can order the work on the one by that on the other.
   */
  function judgeOrder(
    commit: Commit,
    by: { client: number; mine: readonly Intent[]; changed: readonly string[] },
  ): void {
    const known = looks.fieldsAtLook(commit, log);
    const lasts = by.changed.map((field) => {
      const [after, before] = [commit.after?.[field], commit.before?.[field]];
      const wishes = by.mine.filter(
        (one) =>
          isOutcome({ field, before, after }, one, by.mine) ||
          (known !== null && isOutcome({ field, before: known[field], after }, one, by.mine)),
      );
      return earliest(wishes.filter((one) => one.place >= (lastOrder.get(laneOf(commit, one)) ?? 0)));
    });
    if (lasts.includes(null)) run.fail('I7', `c${by.client} sent an earlier change of ${commit.sid} after a later one`);
    const first = earliest(lasts.filter((one) => one !== null));
    if (first && !lasts.includes(null)) lastOrder.set(laneOf(commit, first), first.place);
  }

  function laneOf({ sub, sid }: Commit, { client, entity }: Intent): string {
    const isOne = (cloud().state.records.get(sid)?.externalRef ?? null) !== null;
    return `${client} ${sub} ${sid} ${isOne ? '' : entity}`;
  }

  return {
    log: log as readonly Commit[],
    committed(commit: Commit): void {
      log.push(commit);
      run.count(commit.sub === 'portal' ? 'commits at the portal' : 'commits');
      const fields = Object.entries(commit.asked).map(([name, value]) => `${name}=${String(value)}`);
      run.note(`   ** ${commit.seq} ${commit.sub} ${commit.op} ${commit.sid} ${fields.join(' ')}`);
      if (commit.sub === 'portal') return;
      const client = clientOf(commit.request);
      if (commit.op === 'add') judgeAdd(commit, client);
      else if (commit.op === 'replace') judgeReplace(commit, client);
      else judgeRemove(commit, client);
    },
  };
}

function earliest(wishes: readonly Intent[]): Intent | null {
  return wishes.reduce<Intent | null>((first, one) => (first && first.place <= one.place ? first : one), null);
}

/** What has to be as the person saw it for this field to be sent: itself, its group, the whole record. A list is merged instead. */
function unitOf(type: RecordType, field: string): readonly string[] {
  const { asking, sets, groups, blank } = COLLECTIONS[type];
  if (asking.includes(field)) return Object.keys(blank);
  return sets.includes(field) ? [] : (groups.find((group) => group.includes(field)) ?? [field]);
}
