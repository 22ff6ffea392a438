import type { ImportField } from '../../../shared/model/import-row.ts';
import { parseChoice, type UserChoices } from '../../../shared/model/user-choices.ts';

type Row = { readonly cells: readonly string[] };

/** Of fields for which every account has the same. */
const NO_CHOICES: UserChoices = { roles: [], smsNumbers: [], userTemplates: [] };

const LOOKED_AT = 50;
const FEWEST = 3;
/** Of the filled cells: fewer than this fit, and the heading meant something else. */
const LEAST_SHARE = 0.2;

/** What a cell of the field looks like, damage and all. Names and roles are anything. */
const FITS: Partial<Readonly<Record<ImportField, (text: string) => boolean>>> = {
  email: (text) => text.includes('@') || text.includes('＠'),
  mobile: (text) => text.replaceAll(/[^\d０-９]/gu, '').length >= 5 || /^\d[.,]?\d*e\+?\d+$/iu.test(text),
  smsNumber: (text) => text.replaceAll(/[^\d０-９]/gu, '').length >= 5,
  mitelOne: (text) => parseChoice('mitelOne', text, NO_CHOICES) !== null,
  miteamMeetings: (text) => parseChoice('miteamMeetings', text, NO_CHOICES) !== null,
  language: (text) => parseChoice('language', text, NO_CHOICES) !== null,
  extension: (text) => /[\d０-９*#]/u.test(text) && text.length <= 24 && !/[=@]/u.test(text),
};

/** True when the cells of a column show that it is not what its heading says. A few cells show nothing. */
export function contradicts(field: ImportField, column: number, rows: readonly Row[]): boolean {
  const fits = FITS[field];
  if (!fits) return false;
  const filled = rows
    .slice(0, LOOKED_AT)
    .map(({ cells }) => (cells[column] ?? '').trim())
    .filter((text) => text !== '' && text !== '<clear>');
  return filled.length >= FEWEST && filled.filter(fits).length < filled.length * LEAST_SHARE;
}
