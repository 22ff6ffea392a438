/** What became of a telephone number or an extension, and how sure that is. */
export type ReadNumber = {
  readonly text: string;
  readonly code:
    | 'number-tidied'
    | 'exponent-expanded'
    | 'digits-lost'
    | 'date-read'
    | 'plus-lost'
    | 'zeros-lost'
    | null;
  /** What the person may have meant, where nobody can be sure; '' without one. */
  readonly suggestion: string;
};

/** What the other cells of the column say about this one. */
export type NumberFacts = {
  /** How many digits an extension of this list has; 0 when they differ. */
  readonly length: number;
  /** The first two digits behind the plus of the numbers that have one. */
  readonly prefixes: ReadonlySet<string>;
};

const MONTH =
  'jan|ene|gen|feb|fév|fev|m[aä]r|mrz|mar|apr|avr|abr|ma[ijy]|mei|mag|jun|juin|giu|jul|juil|lug|aug|ago|août|aou|sep|set|o[ck]t|ott|out|nov|de[cz]|déc|dic';
const DATES = [
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?$/u,
  /^\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)$/u,
  new RegExp(`^\\d{1,2}[.\\-/ ]{1,2}(?:${MONTH})[\\p{L}]{0,7}\\.?(?:[.\\-/ ]{1,2}\\d{2,4})?$`, 'iu'),
  new RegExp(`^(?:${MONTH})[\\p{L}]{0,7}\\.?[.\\-/ ]{1,2}\\d{1,4}$`, 'iu'),
];
const EXPONENT = /^([+-]?)(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/iu;
/** Later days are such that somebody typed; earlier ones are an extension in a cell that shows dates. */
const TYPED_DAYS_FROM = Date.UTC(1990, 0, 1);
const DAY_MS = 86_400_000;
const E164 = /^\+[1-9]\d{6,14}$/u;
// The country codes of ITU-T E.164, as far as the first digits tell.
const COUNTRY =
  /^(?:1|2[07]|2[1-6]\d|29[0-9]|3[0-469]|3[578]\d|4[013-9]|42\d|5[1-8]|5[09]\d|6[0-6]|6[7-9]\d|7|8[1246]|8[058]\d|9[0-58]|9[679]\d)/u;
const SURE_DIGITS = 11;

/** The spreadsheet's own damage that any number can have: exponents and dates. Null: it has none. */
function damageOf(text: string): ReadNumber | null {
  if (DATES.some((pattern) => pattern.test(text))) return { text, code: 'date-read', suggestion: serialOf(text) };
  const exponent = EXPONENT.exec(text);
  if (!exponent) return null;
  const [, sign = '', whole = '', fraction = '', power = '0'] = exponent;
  const digits = whole + fraction;
  const count = Number(power) + 1;
  const written = sign.replace('-', '') + digits.padEnd(count, '0');
  if (digits.length === count) return { text: written, code: 'exponent-expanded', suggestion: '' };
  // 1E+03 may be exact; of 4.47E+11 nine digits are gone.
  return { text, code: 'digits-lost', suggestion: count <= digits.length + 3 && count > digits.length ? written : '' };
}

/** A mobile number in international form, as far as nothing is guessed. */
export function readPhone(text: string, facts: NumberFacts | null): ReadNumber {
  const damaged = damageOf(text);
  if (damaged && damaged.code !== 'exponent-expanded') return damaged;
  const given = damaged?.text ?? text;
  const bare = given
    .replace(/^tel:/iu, '')
    .replaceAll(/\(0\)/gu, '')
    .replace(/[.,]0+$/u, '')
    .replaceAll(/[\s().\-/\u2010-\u2015·]/gu, '');
  const international = bare.replace(/^00(?=[1-9])/u, '+');
  if (E164.test(international)) {
    const code = damaged?.code ?? (international === text ? null : 'number-tidied');
    return { text: international, code, suggestion: '' };
  }
  if (!/^[1-9]\d{6,14}$/u.test(bare) || !COUNTRY.test(bare))
    return { text: given, code: damaged?.code ?? null, suggestion: '' };
  const isLikely = bare.length >= SURE_DIGITS || facts?.prefixes.has(bare.slice(0, 2)) === true;
  return isLikely
    ? { text: given, code: 'plus-lost', suggestion: `+${bare}` }
    : { text: given, code: damaged?.code ?? null, suggestion: '' };
}

/** An extension with its zeros, as far as the other extensions of the list tell. */
export function readExtension(text: string, facts: NumberFacts | null): ReadNumber {
  const damaged = damageOf(text);
  if (damaged && damaged.code !== 'exponent-expanded') return damaged;
  const given = damaged?.text ?? text;
  const bare = given
    .replace(/^(?:tel:|extension|ext|x|nst|dw)[.:\s]*(?=\d)/iu, '')
    .replace(/[.,]0$/u, '')
    .replace(/^\d{1,3}(?:[.,'’ ]\d{3})+$/u, (grouped) => grouped.replaceAll(/\D/gu, ''));
  const code = damaged?.code ?? (bare === text ? null : 'number-tidied');
  const missing = (facts?.length ?? 0) - bare.length;
  if (missing > 0 && /^\d+$/u.test(bare)) {
    return { text: bare, code: 'zeros-lost', suggestion: '0'.repeat(missing) + bare };
  }
  return { text: bare, code, suggestion: '' };
}

/** The number that a spreadsheet shows as this day, when nobody would have typed such a day. */
function serialOf(text: string): string {
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day) || day >= TYPED_DAYS_FROM) return '';
  // 1900 counts the 29th of February that never was.
  const serial = day / DAY_MS + 25_569;
  return serial < 1 ? '' : String(serial <= 60 ? serial - 1 : serial);
}

/** Looks at the first cells of a column: what most of them have, one that lacks it has lost. */
export function numberFacts(texts: readonly string[]): NumberFacts {
  const prefixes = new Set<string>();
  const lengths = new Map<number, { count: number; zeros: number }>();
  let digitCount = 0;
  for (const text of texts.map((raw) => raw.trim())) {
    if (text.startsWith('+')) prefixes.add(text.replaceAll(/\D/gu, '').slice(0, 2));
    if (!/^\d{1,20}$/u.test(text)) continue;
    digitCount += 1;
    const known = lengths.get(text.length) ?? { count: 0, zeros: 0 };
    lengths.set(text.length, { count: known.count + 1, zeros: known.zeros + (text.startsWith('0') ? 1 : 0) });
  }
  for (const [length, { count, zeros }] of lengths) {
    const isTold = zeros > 0 ? count >= digitCount / 2 : count >= digitCount * 0.8;
    const hasShorter = [...lengths.keys()].some((other) => other < length);
    if (count >= 3 && isTold && hasShorter) return { length, prefixes };
  }
  return { length: 0, prefixes };
}
