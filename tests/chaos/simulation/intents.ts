import { COLLECTIONS, isSame, type Fields, type RecordType, type Value } from './collections.ts';

/** What a person did on a screen and was told is kept. The only source of truth about what should be on the server. */
export type Intent = {
  readonly order: number;
  readonly client: number;
  readonly actor: string;
  readonly type: RecordType;
  readonly kind: 'create' | 'patch';
  /** The account on the screen, for users. */
  readonly parent: string | null;
  /** The whole record as the person saw it. */
  readonly view: Fields;
  /** How far the cloud was. */
  readonly cloudSeq: number;
  patch: Fields;
  /** The id on the screen; of a create only known once it is kept. */
  entity: string;
  /** Rows of an upload have their own list. */
  upload: { readonly importId: string; readonly row: number } | null;
  /** False while nobody has been told that the change is kept. */
  isSure: boolean;
  opId: string | null;
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
        ...{ ...intent, order, upload: null, isSure: false, opId: null, isUndone: false },
        ...{ createdSid: null, decidedAgainst: [] },
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
 * Did the person see this value, or decide against it, when asking for the change? What the screen showed may have been this person's
 * own earlier change; then what was seen below that counts.
 */
export function wasSeen(value: Value | undefined, field: string, intent: Intent, mine: readonly Intent[]): boolean {
  if (isSame(value, intent.view[field])) return true;
  if (intent.decidedAgainst.some((theirs) => isSame(value, theirs[field]))) return true;
  return mine.some(
    (earlier) =>
      earlier.order < intent.order &&
      field in earlier.patch &&
      isSame(earlier.patch[field], intent.view[field]) &&
      wasSeen(value, field, earlier, mine),
  );
}
