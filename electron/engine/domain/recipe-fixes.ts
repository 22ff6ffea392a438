import { isEmail } from '../../../shared/model/email.ts';
import { IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import type { ImportIssueCode } from '../../../shared/model/import-row.ts';
import { KEEPABLE } from '../../../shared/model/import-recipe.ts';
import type { Keepable, RecipeFix } from '../../../shared/model/import-recipe.ts';
import { editedRow, replaceInRow } from './import-row-state.ts';
import type { RowState } from './import-row-state.ts';
import { repaired, withDomain } from './import-suggestions.ts';

type Replace = Extract<RecipeFix, { kind: 'replace' }>;

export type FixedRow = {
  /** The user who has the address; '' without one. */
  readonly target: string;
  /** Whether the row stood in the view before the first of the repairs. */
  readonly isShown: (filter: Replace['filter']) => boolean;
};

/** The row after the repairs of a recipe, in their order; the row itself when none of them concerns it. */
export function fixedRow(row: RowState, fixes: readonly RecipeFix[], about: FixedRow): RowState {
  return fixes.reduce((next, fix) => withFix(next, fix, about), row);
}

/** The row with its cells as they were in the file, where the reading cleaned them in this way. */
export function withOriginal(row: RowState, code: Keepable): RowState {
  return row.notes.reduce<RowState>((next, note) => {
    // A long text was cut in the note: what was in the file is not known whole.
    const isWhole = !note.detail.endsWith('…');
    return note.code === code && note.field !== null && isWhole ? editedRow(next, note.field, note.detail) : next;
  }, row);
}

export function isKeepable(code: ImportIssueCode): code is Keepable {
  return KEEPABLE.some((known) => known === code);
}

function withFix(row: RowState, fix: RecipeFix, { target, isShown }: FixedRow): RowState {
  switch (fix.kind) {
    case 'replace':
      return isShown(fix.filter) && isFound(row, fix.search)
        ? replaceInRow(row, fix.field, fix.find, fix.replacement)
        : row;
    case 'repair':
      return withRepair(row, fix);
    case 'default-role':
      // A blank cell leaves the role of a user who is there already as it is (IMP-7).
      return row.values.role === '' && target === '' ? editedRow(row, 'role', fix.role) : row;
    case 'keep-original':
      return withOriginal(row, fix.code);
  }
}

function withRepair(row: RowState, { repair: kind, detail, wrong }: Extract<RecipeFix, { kind: 'repair' }>): RowState {
  const { email } = row.values;
  if (kind === 'add-domain' && (email === '' || isEmail(email) || !isEmail(withDomain(email, detail)))) return row;
  return repaired({ ...row, isRepeat: false, isKnown: false }, { kind, detail, wrong }) ?? row;
}

/** As the search of the grid finds it: any cell, without regard to the case of ASCII letters. */
function isFound({ values }: RowState, search: string): boolean {
  const wanted = asciiLower(search);
  return search === '' || IMPORT_FIELDS.some((field) => asciiLower(values[field]).includes(wanted));
}

function asciiLower(text: string): string {
  return text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
}
