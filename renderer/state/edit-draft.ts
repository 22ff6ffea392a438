/** Edits of one record: the new values, and for each the value the person saw when they began to change it. */
export type EditDraft<Fields> = { readonly changes: Partial<Fields>; readonly seen: Partial<Fields> };

export const emptyDraft = { changes: {}, seen: {} } as const;

/** The draft after a field was typed into. A field that is back at its old value is no longer a change. */
export function fieldEdited<Fields, F extends keyof Fields>(
  draft: EditDraft<Fields>,
  field: F,
  values: { readonly next: Fields[F]; readonly shown: Fields[F] },
): EditDraft<Fields> {
  const base = field in draft.seen ? draft.seen[field] : values.shown;
  const changes = { ...draft.changes };
  const seen = { ...draft.seen };
  if (isSame(values.next, base)) {
    delete changes[field];
    delete seen[field];
  } else {
    changes[field] = values.next;
    seen[field] = base;
  }
  return { changes, seen };
}

export function isDirty(draft: EditDraft<unknown>): boolean {
  return Object.keys(draft.changes).length > 0;
}

/**
 * What goes with the changes as the values the person saw. After the engine has said that they are old, it is the values the
 * record has now: the form shows them beside the input, so saving again is a decision.
 */
export function seenValues<Fields>(draft: EditDraft<Fields>, record: Fields, wasToldStale: boolean): Partial<Fields> {
  if (!wasToldStale) return draft.seen;
  const fields = Object.keys(draft.changes) as (keyof Fields)[];
  return Object.fromEntries(fields.map((field) => [field, record[field]])) as Partial<Fields>;
}

/** True when the record changed below an edit. */
export function hasMoved<Fields>(draft: EditDraft<Fields>, record: Fields, field: keyof Fields): boolean {
  return field in draft.changes && !isSame(draft.seen[field], record[field]);
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
