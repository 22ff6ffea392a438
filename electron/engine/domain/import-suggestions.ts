import { foldText } from '../../../shared/lib/fold-text.ts';
import { isEmail } from '../../../shared/model/email.ts';
import type { Suggestion } from '../../../shared/model/import-suggestion.ts';
import { parseRole, roleLabel } from '../../../shared/model/role.ts';
import { editedRow } from './import-row-state.ts';
import type { RowState } from './import-row-state.ts';

/** What the account and the other rows say: the domain nearly everybody has, and its roles. */
export type Surroundings = { readonly domain: string; readonly roles: readonly string[] };

type Row = RowState & { readonly isRepeat: boolean; readonly isKnown: boolean };

const NEAREST = 2;

/** What could be done about a row that has an error, one repair at most (IMP-4). */
export function suggestionFor(row: Row, { domain, roles }: Surroundings): Suggestion | null {
  const { email, role } = row.values;
  if (row.isRepeat) return { kind: 'drop-repeats', detail: '', wrong: '' };
  if (email !== '' && !isEmail(email) && domain !== '' && isEmail(withDomain(email, domain)))
    return { kind: 'add-domain', detail: domain, wrong: '' };
  const own = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (isEmail(email) && domain !== '' && own !== domain && distance(own, domain) <= NEAREST)
    return { kind: 'correct-domain', detail: domain, wrong: own };
  if (parseRole(role, roles) === null) {
    const meant = nearestRole(role, roles);
    if (meant !== null) return { kind: 'correct-role', detail: meant, wrong: role };
  }
  const meant = row.notes.find(({ suggestion }) => suggestion !== undefined);
  if (meant) return { kind: 'take-meant', detail: meant.code, wrong: '' };
  if (nameFrom(row) !== null) return { kind: 'name-from-address', detail: '', wrong: '' };
  return row.isKnown ? { kind: 'update-existing', detail: '', wrong: '' } : null;
}

/** The row as the repair leaves it; null: it goes. */
export function repaired(row: Row, suggested: Suggestion): RowState | null {
  const { kind, detail, wrong } = suggested;
  const { email } = row.values;
  switch (kind) {
    case 'add-domain':
      return editedRow(row, 'email', withDomain(email, detail));
    case 'correct-domain':
      return email.toLowerCase().endsWith(`@${wrong}`)
        ? editedRow(row, 'email', `${email.slice(0, email.lastIndexOf('@'))}@${detail}`)
        : row;
    case 'correct-role':
      return row.values.role === wrong ? editedRow(row, 'role', detail) : row;
    case 'name-from-address': {
      const name = nameFrom(row);
      return name ? editedRow(editedRow(row, 'firstName', name.firstName), 'lastName', name.lastName) : row;
    }
    case 'drop-repeats':
      return null;
    case 'take-meant':
      return row.notes.reduce<RowState>(
        (next, { code, field, suggestion }) =>
          code === detail && field !== null && suggestion !== undefined ? editedRow(next, field, suggestion) : next,
        row,
      );
    case 'update-existing':
      return { ...row, existing: 'update', isChanged: true };
  }
}

export function withDomain(email: string, domain: string): string {
  const local = email.replace(/\(at\)|@.*$/iu, '').trim();
  return `${local}@${domain}`;
}

/** Two words before the @ are taken for first and last name. */
function nameFrom({ values }: RowState): { readonly firstName: string; readonly lastName: string } | null {
  if (values.firstName !== '' || values.lastName !== '' || values.name !== '' || !isEmail(values.email)) return null;
  const words = values.email.slice(0, values.email.lastIndexOf('@')).split(/[._-]+/u);
  const [first = '', last = ''] = words;
  if (words.length !== 2 || !/^\p{L}{2,}$/u.test(first) || !/^\p{L}{2,}$/u.test(last)) return null;
  const named = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return { firstName: named(first), lastName: named(last) };
}

function nearestRole(role: string, roles: readonly string[]): string | null {
  const near = roles.map(roleLabel).filter((label) => distance(foldText(label), foldText(role)) <= NEAREST);
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** Steps between two short texts; more than a few count as many. */
function distance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > NEAREST || from.length > 80 || to.length > 80) return NEAREST + 1;
  let before = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = (before[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      now.push(Math.min(change, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[to.length] ?? NEAREST + 1;
}
