/**
 * The form in which names are compared, ordered and searched: no diacritics, lower case, single spaces.
 * Screen, engine and sandbox use the same folding, so a search finds offline what it finds online.
 */
export function foldText(text: string): string {
  // Most names have nothing to decompose, and a first sync folds five million of them.
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** ASCII with single spaces between. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/u;
