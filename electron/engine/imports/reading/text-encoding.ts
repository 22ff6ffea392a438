import { ReadProblem } from './read-problem.ts';
import type { SourceFile } from './source-file.ts';

/** What the person may choose; the values are labels of the Encoding Standard. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'macintosh'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * BOM, else UTF-16 by its zero bytes, else UTF-8 when every byte of the file agrees, else what Excel writes in the West.
 * The whole file is looked at: the first accent of a long list may stand in its last row.
 */
export async function detectEncoding(file: SourceFile): Promise<Encoding> {
  const start = await file.read(0, Math.min(file.sizeBytes, 4096));
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const utf16 = utf16ByZeros(start);
  if (utf16) return utf16;
  if (start.includes(0)) throw new ReadProblem('import.not-a-spreadsheet', 'binary file');
  return (await isUtf8(file)) ? 'utf-8' : 'windows-1252';
}

/** The file as text, piece by piece. Bytes that do not fit the encoding become U+FFFD, which the rows' check finds. */
export async function* decodedText(file: SourceFile, encoding: Encoding): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of file.chunks()) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) throw new ReadProblem('import.not-a-spreadsheet', 'binary file');
    yield text;
  }
  yield decoder.decode();
}

function utf16ByZeros(start: Buffer): Encoding | null {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < start.length; at += 1) {
    if (start[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const pairs = Math.floor(start.length / 2);
  if (pairs < 4) return null;
  if (odd > pairs * 0.6 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.6 && odd < pairs * 0.05) return 'utf-16be';
  return null;
}

async function isUtf8(file: SourceFile): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of file.chunks()) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
