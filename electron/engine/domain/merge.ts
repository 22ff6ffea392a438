/** A value of a field: text, or a list of texts. */
export type FieldValue = string | readonly string[];
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** Fields that are only valid together merge as one unit (SYNC 3.6): half an address is a wrong address. */
export type FieldGroups = Readonly<Record<string, readonly string[]>>;

export type MergeRules = {
  readonly groups: FieldGroups;
  /** Lists whose order says little: what was added and removed here is added to and removed from theirs. */
  readonly sets: readonly string[];
  /** Never merged with anything that moved: secrets, and values that raise what a person may do. */
  readonly asks: (field: string, from: FieldValue | undefined, to: FieldValue | undefined) => boolean;
};

export type GroupVerdict = {
  readonly group: string;
  /** The fields of the group that the patch touches. */
  readonly fields: readonly string[];
  /**
   * `send`: theirs is what the person saw. `same`: theirs already is what the person wants. `conflict`: both changed it.
   * `confirm`: nobody else touched it, but something else of the record moved, and this field always asks.
   */
  readonly verdict: 'send' | 'same' | 'conflict' | 'confirm';
  /** What to send: the person's values, a set as its merged list. */
  readonly values: FieldValues;
};

type Patch = { readonly patch: FieldValues; readonly seen: FieldValues };

/**
 * Three-way merge of one queued patch (SYNC 3.6). `seen` holds what the person saw (base), `patch` what the person wants (mine),
 * `theirs` what the server has now. Only groups the patch touches are judged.
 */
export function mergePatch(change: Patch, theirs: FieldValues, rules: MergeRules): readonly GroupVerdict[] {
  const hasMoved = Object.keys(change.seen).some((field) => !isEqual(change.seen[field], theirs[field]));
  return touchedGroups(change.patch, rules.groups).map(({ group, fields }) => {
    const touched = fields.filter((field) => field in change.patch);
    const values = Object.fromEntries(touched.map((field) => [field, mergedValue(change, field, theirs, rules)]));
    const verdict = (): GroupVerdict['verdict'] => {
      if (touched.every((field) => isEqual(values[field], theirs[field]))) return 'same';
      // A group's untouched members count too: an address whose city changed over there is not the one that was edited here.
      const moved = fields.filter((field) => field in change.seen && !isEqual(change.seen[field], theirs[field]));
      if (moved.some((field) => !rules.sets.includes(field))) return 'conflict';
      const isAsking = touched.some((field) => rules.asks(field, change.seen[field], change.patch[field]));
      return isAsking && hasMoved ? 'confirm' : 'send';
    };
    return { group, fields: touched, verdict: verdict(), values };
  });
}

/** A delete is judged against the whole record: what somebody changed meanwhile is not thrown away unseen. */
export function movedFields(seen: FieldValues, theirs: FieldValues): readonly string[] {
  return Object.keys(seen).filter((field) => !isEqual(seen[field], theirs[field]));
}

/** Fields whose base the queue must keep for a patch: the touched groups, whole; the whole record where a field always asks. */
export function baseFields({ patch, seen }: Patch, rules: MergeRules, all: readonly string[]): readonly string[] {
  if (Object.keys(patch).some((field) => rules.asks(field, seen[field], patch[field]))) return all;
  return [...new Set(touchedGroups(patch, rules.groups).flatMap(({ fields }) => fields))];
}

/** Fields of the group a field belongs to, itself alone when it belongs to none. */
export function groupOf(
  field: string,
  groups: FieldGroups,
): { readonly group: string; readonly fields: readonly string[] } {
  const named = Object.entries(groups).find(([, fields]) => fields.includes(field));
  return named ? { group: named[0], fields: named[1] } : { group: field, fields: [field] };
}

export function isEqual(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => value === b[index]);
  }
  return a === b;
}

function mergedValue({ patch, seen }: Patch, field: string, theirs: FieldValues, { sets }: MergeRules): FieldValue {
  const [mine, base, now] = [patch[field] ?? '', seen[field], theirs[field]];
  if (!sets.includes(field) || !Array.isArray(mine) || !Array.isArray(base) || !Array.isArray(now)) return mine;
  if (isEqual(base, now)) return mine;
  const removed = new Set(base.filter((value) => !mine.includes(value)));
  const kept = now.filter((value) => !removed.has(value));
  return [...kept, ...mine.filter((value) => !base.includes(value) && !kept.includes(value))];
}

function touchedGroups(
  patch: FieldValues,
  groups: FieldGroups,
): readonly { readonly group: string; readonly fields: readonly string[] }[] {
  const touched = new Map<string, readonly string[]>();
  for (const field of Object.keys(patch)) {
    const { group, fields } = groupOf(field, groups);
    touched.set(group, fields);
  }
  return [...touched].map(([group, fields]) => ({ group, fields }));
}
