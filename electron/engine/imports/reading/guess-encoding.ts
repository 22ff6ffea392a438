import type { TextEncoding } from '../../../../shared/model/text-encoding.ts';
import type { SourceFile } from './source-file.ts';

/** The letters beyond ASCII that a language writes names with, in the encodings that were used for it. */
type Alphabet = {
  readonly letters: string;
  readonly encodings: readonly TextEncoding[];
  /** Domains whose people are likely to write so. */
  readonly domains: string;
  /** Every letter of a word is beyond ASCII. */
  readonly isOwnScript?: boolean;
};

const WESTERN = ['windows-1252', 'macintosh', 'iso-8859-15'] as const;
const CENTRAL = ['windows-1250', 'iso-8859-2'] as const;
// In the order of the default: of equals the first wins.
const ALPHABETS: readonly Alphabet[] = [
  { letters: 'äöüß', encodings: WESTERN, domains: 'de at ch li' },
  { letters: 'àâæçéèêëîïôœùûüÿ', encodings: WESTERN, domains: 'fr be ch lu ca mc' },
  { letters: 'áéíñóúü¿¡ºª', encodings: WESTERN, domains: 'es mx ar cl pe' },
  { letters: 'áâãàçéêíóôõúü', encodings: WESTERN, domains: 'pt br' },
  { letters: 'àèéìíîòóùú', encodings: WESTERN, domains: 'it ch' },
  { letters: 'áéëïíóöúüèê', encodings: WESTERN, domains: 'nl be' },
  { letters: 'åäöæøéü', encodings: WESTERN, domains: 'se no dk fi' },
  { letters: 'áðéíóúýþæö', encodings: WESTERN, domains: 'is fo' },
  { letters: 'äöõüšž', encodings: ['windows-1252', 'iso-8859-15'], domains: 'ee fi' },
  { letters: 'ąćęłńóśźż', encodings: CENTRAL, domains: 'pl' },
  { letters: 'áčďéěíňóřšťúůýž', encodings: CENTRAL, domains: 'cz' },
  { letters: 'áäčďéíĺľňóôŕšťúýž', encodings: CENTRAL, domains: 'sk' },
  { letters: 'áéíóöőúüű', encodings: CENTRAL, domains: 'hu' },
  { letters: 'čćđšž', encodings: CENTRAL, domains: 'hr si ba rs me' },
  { letters: 'ăâîşţ', encodings: CENTRAL, domains: 'ro md' },
  { letters: 'çğıöşüâîûİ', encodings: ['windows-1254'], domains: 'tr cy' },
  {
    letters: 'абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ',
    encodings: ['windows-1251', 'iso-8859-5'],
    domains: 'ru ua by bg rs mk kz',
    isOwnScript: true,
  },
];

const SAMPLE_BYTES = 32 * 1024;
/** How much better than the default another reading has to be: one letter alone proves nothing. */
const MARGIN = 2;
const DOMAIN_BONUS = 3;
const NEUTRAL = new Set("’‘“”„‚–—…€«»°§´·\u00A0©®™'");

/** The encoding in which the letters beyond ASCII make names of one language; Windows-1252 when nothing says otherwise. */
export async function guessEncoding(file: SourceFile): Promise<TextEncoding> {
  const { words, domains } = await sampleOf(file);
  const readings = new Map<TextEncoding, Map<string, number>>();
  let best: { readonly encoding: TextEncoding; readonly score: number } = {
    encoding: 'windows-1252',
    score: -Infinity,
  };
  for (const alphabet of ALPHABETS) {
    const bonus = alphabet.domains.split(' ').some((domain) => domains.has(domain)) ? DOMAIN_BONUS : 0;
    for (const encoding of alphabet.encodings) {
      const reading = readings.get(encoding) ?? new Map<string, number>();
      if (!readings.has(encoding)) readings.set(encoding, countNames(new TextDecoder(encoding).decode(words), reading));
      const score = scoreOf(reading, alphabet) + bonus;
      const isDefault = encoding === 'windows-1252';
      if (score > best.score + (isDefault || best.encoding !== 'windows-1252' ? 0 : MARGIN)) best = { encoding, score };
    }
  }
  return best.encoding;
}

/** Letters beyond ASCII by how often they stand there; a wrong place of one counts as the letter '!'. */
function countNames(text: string, counts: Map<string, number>): Map<string, number> {
  const add = (letter: string): void => void counts.set(letter, (counts.get(letter) ?? 0) + 1);
  for (const [word] of text.matchAll(/[^\s]+/gu)) {
    const isOwnScript = /\p{Script=Cyrillic}/u.test(word);
    if (isOwnScript && /[a-z]/iu.test(word)) add('!');
    for (const letter of word) if (letter > '\u007F') add(isWrongPlace(word, letter) ? '!' : letter.toLowerCase());
    // "mŸller": a capital after a small letter is how another encoding looks.
    if (/\p{Ll}(?![A-Z])\p{Lu}/u.test(word)) add('!');
  }
  return counts;
}

function isWrongPlace(word: string, letter: string): boolean {
  if (letter === 'þ') return word.indexOf('þ') > 0 && word.indexOf('Þ') !== 0;
  return letter === 'ð' && word.startsWith('ð');
}

function scoreOf(counts: ReadonlyMap<string, number>, { letters, isOwnScript }: Alphabet): number {
  let score = 0;
  for (const [letter, count] of counts) {
    if (letters.includes(letter)) score += isOwnScript ? count * 1.01 : count;
    else if (letter === '!' || !/\p{L}/u.test(letter)) score -= NEUTRAL.has(letter) ? count * 0.25 : count * 2;
    else score -= count;
  }
  return score;
}

/** The words with letters beyond ASCII, and the domains of the first addresses. */
async function sampleOf(
  file: SourceFile,
): Promise<{ readonly words: Uint8Array; readonly domains: ReadonlySet<string> }> {
  const words = new Uint8Array(SAMPLE_BYTES);
  let used = 0;
  const domains = new Set<string>();
  for await (const chunk of file.chunks()) {
    for (const [, domain = ''] of chunk.toString('latin1', 0, 65_536).matchAll(/@[\w.-]+\.([a-z]{2})\b/giu)) {
      domains.add(domain.toLowerCase());
    }
    for (let at = 0; at < chunk.length && used < SAMPLE_BYTES - 64; at += 1) {
      if ((chunk[at] ?? 0) < 128) continue;
      let start = at;
      let end = at + 1;
      while (start > 0 && at - start < 24 && isWordByte(chunk[start - 1] ?? 0)) start -= 1;
      while (end < chunk.length && end - at < 24 && isWordByte(chunk[end] ?? 0)) end += 1;
      words.set(chunk.subarray(start, end), used);
      used += end - start;
      words[used++] = 32;
      at = end - 1;
    }
    if (used >= SAMPLE_BYTES - 64) break;
  }
  return { words: words.subarray(0, used), domains };
}

function isWordByte(byte: number): boolean {
  const letter = byte | 32;
  return byte >= 128 || (letter >= 97 && letter <= 122);
}
