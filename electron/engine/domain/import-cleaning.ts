import { isEmail } from '../../../shared/model/email.ts';
import type { ImportField, ImportIssue } from '../../../shared/model/import-row.ts';
import { repairMojibake } from './import-mojibake.ts';
import { readExtension, readPhone } from './import-numbers.ts';
import type { NumberFacts } from './import-numbers.ts';

const DETAIL_LENGTH = 400;
const SPACES = /[\u00A0\u2007\u202F\u3000\t\r\n\v\f\u0085\u2028\u2029]+/gu;
// Soft hyphen, zero-width space, word joiner, BOM, direction marks, control characters: never part of a name.
const INVISIBLE = /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;
// Joiners shape letters in Persian and Indic names; between other characters they are left-overs of copying.
const JOINERS = /(?<![^\p{Script=Latin}\P{L}])[\u200C\u200D]|[\u200C\u200D](?![^\p{Script=Latin}\P{L}])/gu;
const FULL_WIDTH = /[\uFF01-\uFF5E]/gu;
const OTHER_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
// #N/A and its kin, as spreadsheets of the console's languages write them into a CSV file. ##### is a column too narrow.
const ERROR_TEXT =
  /^#(?:N\/A|N\/D|NV|REF!|BEZUG!|VERW!|¡REF!|RIF!|VALUE!|WERT!|WAARDE!|VALEUR!|¡VALOR!|VALOR!|VALORE!|NAME\?|NAAM\?|NOM\?|¿NOMBRE\?|NOME\?|DIV\/0!|¡DIV\/0!|DEEL\/0!|NULL!|NULO!|NUL!|LEEG!|¡NULO!|NULLO!|NUM!|ZAHL!|GETAL!|NOMBRE!|¡NUM!|NÚM!|SPILL!|CALC!|FIELD!|UNKNOWN!|##+)$/iu;
const QUOTED = /^(?:“(.*)”|„(.*)[“”]|«(.*)»|‘(.*)’|‚(.*)[‘’]|"(.*)")$/su;

type CellKind = 'name' | 'email' | 'role' | 'phone' | 'extension';
const KINDS: Readonly<Record<ImportField, CellKind>> = {
  firstName: 'name',
  lastName: 'name',
  name: 'name',
  email: 'email',
  role: 'role',
  mobile: 'phone',
  extension: 'extension',
  mitelOne: 'name',
  miteamMeetings: 'name',
  smsNumber: 'phone',
  language: 'name',
  userTemplate: 'name',
  tags: 'name',
};

export type CleanedCell = { readonly text: string; readonly notes: readonly ImportIssue[] };
const NONE: readonly ImportIssue[] = [];
type Note = (code: ImportIssue['code'], suggestion?: string) => void;

/** Makes a cell what the person meant, and says what was done with the text before (IMP-3). Nothing is guessed: that is suggested. */
export function cleanCell(field: ImportField, raw: string, facts: NumberFacts | null = null): CleanedCell {
  const kind = KINDS[field];
  if (isClean(kind, raw, facts)) return { text: raw, notes: NONE };
  const notes: ImportIssue[] = [];
  const note: Note = (code, suggestion = '') =>
    void notes.push({ code, field, detail: shorten(raw), ...(suggestion === '' ? {} : { suggestion }) });

  const text = cleanText(raw, note);
  if (ERROR_TEXT.test(text)) note('cell-error');
  else if (kind === 'name' || kind === 'role') return { text: plainName(text, note), notes };
  else if (kind === 'email') return { text: plainAddress(text, note), notes };
  else if (text !== '') return { text: plainNumber(kind, text, { facts, note }), notes };
  return { text, notes };
}

/** What is wrong with the text of any cell: letters of a wrong encoding, invisible characters, blanks around it. */
function cleanText(raw: string, note: Note): string {
  const repaired = repairMojibake(raw);
  if (repaired !== raw) note('mojibake-repaired');
  const spaced = repaired.replaceAll(SPACES, ' ');
  const visible = spaced.replaceAll(INVISIBLE, '').replaceAll(JOINERS, '');
  const trimmed = visible.trim();
  // A space that is not a space is seen as one, so only its kind and its place need a note.
  const isOnlyTrimmed = visible === repaired || trimmed === repaired.trim();
  if (!isOnlyTrimmed || visible.length !== spaced.length) note('invisible-removed');
  else if (trimmed !== repaired) note('spaces-trimmed');
  return trimmed;
}

function plainName(text: string, note: Note): string {
  const wide = OTHER_SCRIPT.test(text) ? text : narrowed(text, note);
  // A program that fears formulas puts an apostrophe before them; 't Hart keeps hers.
  return unquoted(/^'[=+\-@]/u.test(wide) ? wide.slice(1) : wide, wide, note);
}

function plainAddress(text: string, note: Note): string {
  const linked = withoutMailto(text);
  if (linked !== text) note('mailto-removed');
  const narrow = narrowed(linked, note);
  const bare = unquoted(narrow, narrow, note);
  const straight = bare.replaceAll(/[’‘´`]/gu, "'");
  if (straight !== bare && isEmail(straight)) note('quotes-changed', straight);
  if (isEmail(bare)) return bare;
  // "Ann Ash <ann@customer.example>" as mail programs copy it, and what stands behind an address in a sentence.
  const inner = /^[^<>]*<\s*([^<>\s]+)\s*>[;,.]?$/u.exec(bare)?.[1] ?? bare.replace(/^[<([]+|[>)\];,.:]+$/gu, '');
  const address = withoutMailto(inner).replaceAll(/\s*([@.])\s*/gu, '$1');
  if (isEmail(address)) {
    note('address-extracted');
    return address;
  }
  return bare;
}

function plainNumber(
  kind: 'phone' | 'extension',
  text: string,
  { facts, note }: { readonly facts: NumberFacts | null; readonly note: Note },
): string {
  const narrow = narrowed(text, note);
  // An apostrophe before digits is how a person tells Excel that they are text.
  const bare = unquoted(narrow.replace(/^['’‘](?=[\d+=(])/u, ''), narrow, note);
  const read = kind === 'phone' ? readPhone(bare, facts) : readExtension(bare, facts);
  if (read.code) note(read.code, read.suggestion);
  return read.text;
}

function narrowed(text: string, note: Note): string {
  const narrow = text.replaceAll(FULL_WIDTH, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
  if (narrow !== text) note('width-changed');
  return narrow;
}

function unquoted(text: string, before: string, note: Note): string {
  const quoted = QUOTED.exec(text);
  const bare = quoted ? (quoted.slice(1).find((part) => part !== undefined) ?? '').trim() : text;
  if (bare !== before) note('quotes-removed');
  return bare;
}

/** Nearly every cell: nothing of the above can apply to it. */
export function isCleanCell(field: ImportField, raw: string, facts: NumberFacts | null): boolean {
  return raw === '' || isClean(KINDS[field], raw, facts);
}

function isClean(kind: CellKind, raw: string, facts: NumberFacts | null): boolean {
  if (raw === '') return true;
  if (kind === 'extension') return /^\d{1,20}$/u.test(raw) && raw.length >= (facts?.length ?? 0);
  if (kind === 'phone') return /^\+[1-9]\d{6,14}$/u.test(raw);
  if (!/^[!$-&(-~](?:[ -~]*[!-~])?$/u.test(raw)) return false;
  return kind !== 'email' || !/[<>()[\];,:\s"']|\.$/u.test(raw);
}

function withoutMailto(text: string): string {
  if (!/^mailto:/iu.test(text)) return text;
  const address = text.slice('mailto:'.length).split('?', 1)[0] ?? '';
  try {
    return decodeURIComponent(address).trim();
  } catch {
    return address.trim();
  }
}

function shorten(text: string): string {
  return text.length <= DETAIL_LENGTH ? text : `${text.slice(0, DETAIL_LENGTH - 1)}…`;
}
