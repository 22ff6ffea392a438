import { COLLECTIONS, isSame, type Fields, type RecordType, type Value } from './collections.ts';

/** What a person did on a screen and was told is kept. The only source of truth about what should be on the server. */
export type Intent = {
  readonly order: number;
  readonly client: number;
  readonly actor: string;
  readonly type: RecordType;
  readonly kind: 'create' | 'patch' | 'delete';
  /** The account on the screen, for users. */
  readonly parent: string | null;
  /** The whole record as the person saw it. */
  readonly view: Fields;
  /** How far the cloud was. */
  readonly cloudSeq: number;
  patch: Fields;
  /** What the person asked for at first; fields may have been dropped since, and the screen showed them all the same. */
  readonly wished: Fields;
  /** The id on the screen; of a create only known once it is kept. */
  entity: string;
  /** Rows of an upload have their own list. */
  upload: { readonly importId: string; readonly row: number } | null;
  /** False while nobody has been told that the change is kept. */
  isSure: boolean;
  opId: string | null;
  /** Where in the order of its record it stands: a decision takes the place of what was decided about. */
  place: number;
  isUndone: boolean;
  /** The server's id of what this create has made. */
  createdSid: string | null;
  /** The cloud's values that the person decided against ("mine"). */
  readonly decidedAgainst: Fields[];
};

export type NewIntent = Pick<
  Intent,
  'client' | 'actor' | 'type' | 'kind' | 'parent' | 'view' | 'cloudSeq' | 'patch' | 'entity'
>;

export type Intents = ReturnType<typeof createIntents>;

export function createIntents() {
  const all: Intent[] = [];
  const sids = new Map<string, string>();
  const keys = new Map<string, Intent>();
  let order = 0;

  const keyOf = (client: number, type: RecordType, fields: Fields): string =>
    `${client} ${type} ${String(fields[COLLECTIONS[type].naturalKey]).toLowerCase()}`;
  const createBy = (client: number, entity: string): Intent | null =>
    all.find((one) => one.kind === 'create' && one.client === client && one.entity === entity) ?? null;
  const sidOf = (client: number, entity: string): string | null =>
    sids.get(`${client} ${entity}`) ?? createBy(client, entity)?.createdSid ?? null;
  const createdAs = (client: number, sid: string): Intent | null =>
    all.find((one) => one.kind === 'create' && one.client === client && one.createdSid === sid) ?? null;

  return {
    all: all as readonly Intent[],
    add(intent: NewIntent): Intent {
      order += 1;
      const kept: Intent = {
        ...{ ...intent, order, place: order, upload: null, isSure: false, opId: null, isUndone: false },
        ...{ createdSid: null, decidedAgainst: [], wished: intent.patch },
      };
      all.push(kept);
      const subject = kept.kind === 'create' ? kept : createBy(kept.client, kept.entity);
      if (subject && COLLECTIONS[kept.type].naturalKey in kept.patch)
        keys.set(keyOf(kept.client, kept.type, kept.patch), subject);
      return kept;
    },
    /** The program refused: nothing was promised. */
    withdraw: (intent: Intent): void => void all.splice(all.indexOf(intent), 1),
    /** Screen and server speak of the same record. */
    bind: (client: number, entity: string, sid: string): void => void sids.set(`${client} ${entity}`, sid),
    sidOf,
    createBy,
    /** The wish behind a create with these fields. */
    createOf: (client: number, type: RecordType, fields: Fields): Intent | null =>
      keys.get(keyOf(client, type, fields)) ?? null,
    /** One name for the queue of a record, before and after the server has named it. */
    laneOf(client: number, sid: string): string {
      const created = createdAs(client, sid);
      return created ? `${client} +${created.order}` : `${client} ${sid}`;
    },
    /** Everything this program's people wanted of one record of the server. */
    ofRecord(client: number, sid: string): readonly Intent[] {
      const created = createdAs(client, sid);
      return all.filter(
        (one) =>
          one.client === client &&
          (one === created || one.entity === created?.entity || sidOf(client, one.entity) === sid),
      );
    },
  };
}

/**
 * The values that the person saw, or decided against, when asking for the change. What the screen showed may have been this person's own
 * earlier change; then what was seen below that counts too.
 */
function seenValues(field: string, intent: Intent, mine: readonly Intent[]): readonly (Value | undefined)[] {
  const below = mine.filter(
    (earlier) =>
      earlier.order < intent.order && field in earlier.wished && isSame(earlier.wished[field], intent.view[field]),
  );
  return [
    intent.view[field],
    ...intent.decidedAgainst.map((theirs) => theirs[field]),
    ...below.flatMap((earlier) => seenValues(field, earlier, mine)),
  ];
}

export function wasSeen(value: Value | undefined, field: string, intent: Intent, mine: readonly Intent[]): boolean {
  return seenValues(field, intent, mine).some((seen) => isSame(value, seen));
}

/** Is this what the change makes of a field: the person's value, or of a list what was there with the person's additions and removals? */
export function isOutcome(
  {
    field,
    before,
    after,
  }: { readonly field: string; readonly before: Value | undefined; readonly after: Value | undefined },
  intent: Intent,
  mine: readonly Intent[],
): boolean {
  const wanted = intent.patch[field];
  if (wanted === undefined) return false;
  if (!COLLECTIONS[intent.type].sets.includes(field)) return isSame(wanted, after);
  return seenValues(field, intent, mine).some((seen) => isSameSet(merged(wanted, seen, before), listOf(after)));
}

/** Is what the person wanted of a field in this value: the value itself, or every addition and no removal? */
export function isHeld(field: string, value: Value | undefined, intent: Intent, mine: readonly Intent[]): boolean {
  const wanted = intent.patch[field];
  if (isSame(wanted, value)) return true;
  if (!COLLECTIONS[intent.type].sets.includes(field)) return false;
  const there = listOf(value);
  return seenValues(field, intent, mine).some((seen) => isSameSet(merged(wanted ?? [], seen, there), there));
}

function merged(wanted: Value, seen: Value | undefined, before: Value | undefined): readonly string[] {
  const [mine, base, now] = [wanted, seen, before].map(listOf) as [string[], string[], string[]];
  const isKept = (one: string): boolean => mine.includes(one) || !base.includes(one);
  return [...now.filter(isKept), ...mine.filter((one) => !base.includes(one) && !now.includes(one))];
}

function listOf(value: Value | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? []);
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return isSame(one.toSorted(), other.toSorted());
}
