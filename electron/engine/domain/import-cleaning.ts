import type { ImportField, ImportIssue } from '../../../shared/model/import-row.ts';

const DETAIL_LENGTH = 400;
const SPACES = /[\u00A0\u2007\u202F\u3000\t\r\n\v\f\u0085\u2028\u2029]+/gu;
// Soft hyphen, zero-width space, word joiner, BOM, direction marks, control characters: never part of a name.
const INVISIBLE = /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;
// Joiners shape letters in Persian and Indic names; between other characters they are left-overs of copying.
const JOINERS = /(?<![^\p{Script=Latin}\P{L}])[\u200C\u200D]|[\u200C\u200D](?![^\p{Script=Latin}\P{L}])/gu;

export type CleanedCell = { readonly text: string; readonly notes: readonly ImportIssue[] };

/** Makes a cell what the person meant, and says what was done with the text before (IMP-3). */
export function cleanCell(field: ImportField, raw: string): CleanedCell {
  if (isClean(field, raw)) return { text: raw, notes: [] };
  const notes: ImportIssue[] = [];
  const note = (code: ImportIssue['code']): void => void notes.push({ code, field, detail: shorten(raw) });

  const spaced = raw.replaceAll(SPACES, ' ');
  const visible = spaced.replaceAll(INVISIBLE, '').replaceAll(JOINERS, '');
  const trimmed = visible.trim();
  // A space that is not a space is seen as one, so only its kind and its place need a note.
  const isOnlyTrimmed = visible === raw || trimmed === raw.trim();
  if (!isOnlyTrimmed || visible.length !== spaced.length) note('invisible-removed');
  else if (trimmed !== raw) note('spaces-trimmed');
  if (field !== 'email') return { text: trimmed, notes };

  const address = withoutMailto(trimmed);
  if (address !== trimmed) note('mailto-removed');
  return { text: address, notes };
}

function isClean(field: ImportField, raw: string): boolean {
  return (
    /^(?:[\u0021-\u007E](?:[\u0020-\u007E]*[\u0021-\u007E])?)?$/u.test(raw) &&
    !(field === 'email' && /^mailto:/iu.test(raw))
  );
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
