import { foldText } from '../../../shared/lib/fold-text.ts';
import { displayNameOf, lockedFields } from '../../../shared/model/user.ts';
import type { UserFields } from '../../../shared/model/user.ts';
import { CLEAR_TOKEN, IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import type { ImportField, ImportIssue, ImportValues, RowAction } from '../../../shared/model/import-row.ts';
import { isRaisedRole, roleLabel } from '../../../shared/model/role.ts';
import { choiceLabel, isChosen, parseChoice, tidyTags, type UserChoices } from '../../../shared/model/user-choices.ts';
import type { AddressOwner } from './import-validation.ts';

/** What a row was found to change when it was planned: the fields, and what was there. */
export type Planned = Partial<Record<ImportField, string>>;
export type FieldChange = { readonly field: ImportField; readonly from: string; readonly to: string };

/** A blank cell leaves the field as it is, the clear token empties it (IMP-7). Null: the cell says nothing. */
function wantedValue(field: ImportField, cell: string, user: UserFields, choices: UserChoices): string | null {
  if (cell === '') return null;
  return cell === CLEAR_TOKEN ? '' : storedValue(field, cell, choices, user);
}

/** What a cell says is stored. Null: nothing that can be. `user`: what somebody has may be said again, also where nobody could be given it. */
export function storedValue(
  field: ImportField,
  cell: string,
  choices: UserChoices,
  user: UserFields | null = null,
): string | null {
  if (field === 'tags') return tidyTags(cell);
  if (!isChosen(field)) return cell;
  const had = user?.[field] ?? '';
  return had !== '' && foldText(cell) === foldText(choiceLabel(field, had)) ? had : parseChoice(field, cell, choices);
}

/** What the row changes of the user who has its address. The address itself is the key and never a change. */
export function changesOf(values: ImportValues, user: UserFields, choices: UserChoices): readonly FieldChange[] {
  const changes = IMPORT_FIELDS.flatMap((field): FieldChange[] => {
    const to = field === 'email' ? null : wantedValue(field, values[field], user, choices);
    return to === null || to === user[field] ? [] : [{ field, from: user[field], to }];
  });
  return [...changes, ...followingName(values, user, changes)];
}

/** A display name that was made of first and last name follows them; one that somebody chose stays. */
function followingName(
  values: ImportValues,
  user: UserFields,
  changes: readonly FieldChange[],
): readonly FieldChange[] {
  const wanted = (field: 'firstName' | 'lastName'): string =>
    changes.find((change) => change.field === field)?.to ?? user[field];
  const isSame = wanted('firstName') === user.firstName && wanted('lastName') === user.lastName;
  if (values.name !== '' || isSame) return [];
  const made = displayNameOf({ ...user, name: '' });
  const to = displayNameOf({ ...user, name: '', firstName: wanted('firstName'), lastName: wanted('lastName') });
  return user.name === made && to !== user.name ? [{ field: 'name', from: user.name, to }] : [];
}

export type PlannedRow = {
  readonly action: RowAction;
  readonly issues: readonly ImportIssue[];
  readonly planned: Planned;
};

/** Plans the change of a known user (IMP-6). `before`: what an earlier plan said was there, to notice that it moved since. */
export function planChange(
  values: ImportValues,
  owner: AddressOwner,
  { choices, before }: { readonly choices: UserChoices; readonly before: Planned | null },
): PlannedRow {
  const issues: ImportIssue[] = [];
  const changes = changesOf(values, owner.fields, choices);
  const planned: Planned = Object.fromEntries(changes.map(({ field, from }) => [field, from]));
  const locked = lockedFields(owner.source);
  for (const { field, to } of changes) {
    if (locked.includes(field)) issues.push({ code: 'field-locked', field, detail: owner.source });
    else if (field === 'role' && isRaisedRole(to)) issues.push({ code: 'role-raised', field, detail: roleLabel(to) });
  }
  if (issues.some(({ code }) => code === 'field-locked')) return { action: 'refused', issues, planned };
  if (changes.length === 0) return { action: 'unchanged', issues: [], planned: {} };
  const waiting = changes.find(({ field }) => owner.waitingFields.includes(field));
  if (waiting) issues.push({ code: 'change-waiting', field: waiting.field, detail: owner.name.slice(0, 400) });
  // A field that is already as the row wants it is no question any more.
  const moved = changes.find(({ field, from }) => before?.[field] !== undefined && before[field] !== from)?.field;
  if (moved) issues.push({ code: 'moved-since', field: moved, detail: owner.fields[moved].slice(0, 400) });
  const isConflict = waiting !== undefined || moved !== undefined;
  // What the person agreed to stays on the record until the person agrees to something else.
  return { action: isConflict ? 'conflict' : 'change', issues, planned: moved && before ? before : planned };
}
