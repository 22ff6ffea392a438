/** How a number format changes what a person sees, as far as a name, a number or a date can be meant. */
export type NumberFormat =
  | { readonly kind: 'general' }
  | { readonly kind: 'date' }
  /** Whole numbers with zeros in front and signs between: `000000`, `"+"0`, `000-0000`. */
  | { readonly kind: 'picture'; readonly parts: readonly PicturePart[]; readonly digits: number };
type PicturePart = { readonly literal: string } | { readonly placeholder: '0' | '#' | '?' };

const GENERAL: NumberFormat = { kind: 'general' };
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

/** What the number format with this id means. Ids below 164 are built in (ECMA-376 part 1, 18.8.30). */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code !== undefined) return readFormatCode(code);
  const isEastAsianDate = (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return BUILT_IN_DATES.has(id) || isEastAsianDate ? { kind: 'date' } : GENERAL;
}

function readFormatCode(code: string): NumberFormat {
  const positive = code.split(';', 1)[0] ?? '';
  const bare = positive.replaceAll(/"[^"]*"|\\.|_.|\*./gsu, '').replaceAll(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/giu, '');
  if (/general/iu.test(bare)) return GENERAL;
  if (/[ymdhs]/iu.test(bare)) return { kind: 'date' };
  // A format that chooses by value (`[<=9999999]###-####;(###) ###-####`) says too little about this one.
  return /\[[<>=]/u.test(code) ? GENERAL : readPicture(positive);
}

function readPicture(code: string): NumberFormat {
  const parts: PicturePart[] = [];
  for (const match of code.matchAll(/"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|([0#?])|([-+()/ :])|(.)/gsu)) {
    const [, quoted, escaped, placeholder, sign, other] = match;
    if (other !== undefined) return GENERAL;
    if (placeholder !== undefined) parts.push({ placeholder: placeholder as '0' | '#' | '?' });
    else if ((quoted ?? escaped ?? sign) !== undefined) parts.push({ literal: quoted ?? escaped ?? sign ?? '' });
  }
  const digits = parts.filter((part) => 'placeholder' in part).length;
  const isPlain = parts.every((part) => 'placeholder' in part) && !parts.slice(0, -1).some(isZero);
  return digits === 0 || isPlain ? GENERAL : { kind: 'picture', parts, digits };
}

function isZero(part: PicturePart): boolean {
  return 'placeholder' in part && part.placeholder === '0';
}

/** As nearly all numbers are: what is stored is what a person sees. */
const WHOLE = /^[1-9]\d*$/u;

/** The text of a numeric cell: what a person sees, never with an exponent, zeros in front where the format shows them. */
export function numberText(stored: string, format: NumberFormat, isDate1904: boolean): string {
  if (format.kind === 'general' && WHOLE.test(stored)) return stored;
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  if (format.kind === 'date' && value >= 0 && value < 2_958_466) return dateText(value, isDate1904);
  const plain = plainNumber(stored.trim(), value);
  return format.kind === 'picture' && /^\d+$/u.test(plain) ? applyPicture(plain, format) : plain;
}

/** Digits as stored when they are whole (a telephone number has more digits than a double keeps), else 15 as Excel shows. */
function plainNumber(stored: string, value: number): string {
  if (/^-?\d+$/u.test(stored)) return stored.replace(/^(-?)0+(?=\d)/u, '$1');
  return expandExponent(/e/iu.test(stored) ? stored : String(Number(value.toPrecision(15))));
}

function expandExponent(text: string): string {
  const match = /^(-?)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?$/iu.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const left =
    point <= 0
      ? '0'
      : digits
          .slice(0, point)
          .padEnd(point, '0')
          .replace(/^0+(?=\d)/u, '');
  const right = (point < 0 ? '0'.repeat(-point) : '') + digits.slice(Math.max(0, point));
  const tail = right.replace(/0+$/u, '');
  return `${sign}${left}${tail === '' ? '' : `.${tail}`}`;
}

function applyPicture(plain: string, format: Extract<NumberFormat, { kind: 'picture' }>): string {
  let spare = plain.length;
  let text = '';
  let isFirst = true;
  let left = format.digits;
  for (const part of format.parts) {
    if ('literal' in part) {
      text += part.literal;
      continue;
    }
    // The first placeholder takes all digits for which there is no place of their own.
    const count = isFirst ? Math.max(1, plain.length - format.digits + 1) : 1;
    isFirst = false;
    if (spare >= left) {
      text += plain.slice(plain.length - spare, plain.length - spare + count);
      spare -= count;
    } else if (part.placeholder === '0') text += '0';
    left -= 1;
  }
  return text;
}

/** A day as 2026-11-22, with the time when there is one. 1900 counts the 29th of February that never was. */
function dateText(serial: number, isDate1904: boolean): string {
  const days = isDate1904 ? serial + 1462 : serial;
  const shifted = days < 60 ? days + 1 : days;
  const iso = new Date(Math.round((shifted - 25_569) * 86_400) * 1000).toISOString();
  if (days < 1) return iso.slice(11, 19);
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
}
