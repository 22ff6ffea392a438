import type { TextEncoding } from '../../../../shared/model/text-encoding.ts';
import { guessEncoding } from './guess-encoding.ts';
import { ReadProblem } from './read-problem.ts';
import type { SourceFile } from './source-file.ts';

/** So many letters in UTF-8 for one byte that is none, and it is UTF-8 with a slip in it: the slip is one cell, not all. */
const UTF8_SLIPS = 20;

/**
 * BOM, else UTF-16 by its zero bytes, else UTF-8 when the bytes agree, else the one in which the letters make names.
 * The whole file is looked at: the first accent of a long list may stand in its last row.
 */
export async function detectEncoding(file: SourceFile): Promise<TextEncoding> {
  const start = await file.read(0, Math.min(file.sizeBytes, 4096));
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const utf16 = utf16ByZeros(start);
  if (utf16) return utf16;
  if (start.includes(0)) throw new ReadProblem('import.not-a-spreadsheet', 'binary file');
  return (await isUtf8(file)) ? 'utf-8' : guessEncoding(file);
}

/** The file as text, piece by piece. Bytes that do not fit the encoding become U+FFFD, which the rows' check finds; `isStrict`: a TypeError. */
export async function* decodedText(
  file: SourceFile,
  encoding: TextEncoding,
  { isStrict = false }: { readonly isStrict?: boolean } = {},
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: isStrict });
  for await (const chunk of file.chunks()) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) throw new ReadProblem('import.not-a-spreadsheet', 'binary file');
    yield text;
  }
  yield decoder.decode();
}

/** Line ends, separators and addresses have a zero on one side of every pair; the letters of other scripts have not. */
function utf16ByZeros(start: Buffer): TextEncoding | null {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < start.length; at += 1) {
    if (start[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const pairs = Math.floor(start.length / 2);
  if (pairs < 4) return null;
  const encoding = odd > pairs * 0.08 && even <= odd * 0.05 ? 'utf-16le' : 'utf-16be';
  if (encoding === 'utf-16be' && !(even > pairs * 0.08 && odd <= even * 0.05)) return null;
  const text = new TextDecoder(encoding).decode(start.subarray(0, pairs * 2));
  // A binary file has zeros too, but no text between them.
  const isText = !/[^\P{Cc}\t\r\n\v\f\u007F-\u009F]|[\uFFFE\uFFFF]/u.test(text) && /[\r\n,;\t@]/u.test(text);
  return isText ? encoding : null;
}

async function isUtf8(file: SourceFile): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of file.chunks()) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return hasFewSlips(file);
    throw error;
  }
}

/** A list that somebody pasted one name of another encoding into, or that was cut off within a letter. */
async function hasFewSlips(file: SourceFile): Promise<boolean> {
  let letters = 0;
  let slips = 0;
  let missing = 0;
  for await (const chunk of file.chunks()) {
    for (const byte of chunk) {
      const isFollower = (byte & 0xc0) === 0x80;
      if (missing > 0 && isFollower) {
        missing -= 1;
        if (missing === 0) letters += 1;
        continue;
      }
      if (missing > 0) slips += 1;
      missing = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
      if (byte >= 0xf5 || (byte >= 0x80 && byte < 0xc2)) {
        slips += 1;
        missing = 0;
      }
    }
  }
  // What is missing at the very end was cut off.
  return letters > 0 && letters >= slips * UTF8_SLIPS;
}
