/** A value of a field: text, or a list of texts. */
export type FieldValue = string | readonly string[];
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** Fields that are only valid together merge as one unit (SYNC 3.6): half an address is a wrong address. */
export type FieldGroups = Readonly<Record<string, readonly string[]>>;

export type GroupVerdict = {
  readonly group: string;
  readonly fields: readonly string[];
  /** `send`: theirs is what the person saw. `same`: theirs already is what the person wants. `conflict`: both changed it. */
  readonly verdict: 'send' | 'same' | 'conflict';
};

export type MergeRules = {
  readonly groups: FieldGroups;
};

/**
 * Three-way merge of one queued patch (SYNC 3.6). `seen` holds what the person saw (base), `patch` what the person wants (mine),
 * `theirs` what the server has now. Only groups the patch touches are judged.
 */
export function mergePatch(
  change: { readonly patch: FieldValues; readonly seen: FieldValues },
  theirs: FieldValues,
  rules: MergeRules,
): readonly GroupVerdict[] {
  return touchedGroups(change.patch, rules.groups).map(({ group, fields }) => {
    const touched = fields.filter((field) => field in change.patch);
    const isSame = touched.every((field) => isEqual(change.patch[field], theirs[field]));
    if (isSame) return { group, fields: touched, verdict: 'same' };
    // A group's untouched members count too: an address whose city changed over there is not the one that was edited here.
    const moved = fields.filter((field) => field in change.seen && !isEqual(change.seen[field], theirs[field]));
    if (moved.length > 0) return { group, fields: touched, verdict: 'conflict' };
    return { group, fields: touched, verdict: 'send' };
  });
}

/** Fields whose base the queue must keep for a patch: the touched groups, whole. */
export function baseFields(patch: FieldValues, groups: FieldGroups): readonly string[] {
  return [...new Set(touchedGroups(patch, groups).flatMap(({ fields }) => fields))];
}

export function isEqual(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => value === b[index]);
  }
  return a === b;
}

function touchedGroups(
  patch: FieldValues,
  groups: FieldGroups,
): readonly { group: string; fields: readonly string[] }[] {
  const touched = new Map<string, readonly string[]>();
  for (const field of Object.keys(patch)) {
    const named = Object.entries(groups).find(([, fields]) => fields.includes(field));
    if (named) touched.set(named[0], named[1]);
    else touched.set(field, [field]);
  }
  return [...touched].map(([group, fields]) => ({ group, fields }));
}
