/** Turns the pieces of a part into UTF-8; null ends it. */
export type XmlTranscoder = (chunk: Buffer | null) => Buffer;

const EMPTY: Buffer = Buffer.alloc(0);
const DECLARED = /^<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/u;

/**
 * Parts are UTF-8, or UTF-16 with its mark (ECMA-376 part 2). Some programs declare and write Windows-1252 and the like; others
 * declare what they do not write. So a declaration is believed only where the beginning of the part is no UTF-8.
 * Bytes that fit nothing become U+FFFD, which the rows' check finds.
 */
export function xmlTranscoder(start: Buffer): XmlTranscoder {
  const wide = utf16Of(start);
  if (wide) return decodedBy(wide);
  const declared = DECLARED.exec(start.toString('latin1', 0, 200))?.[1]?.toLowerCase() ?? 'utf-8';
  if (declared !== 'utf-8' && !declared.startsWith('utf-16') && !isUtf8(start)) return decodedBy(declared);
  let isStart = true;
  return (chunk) => {
    if (chunk === null) return EMPTY;
    const hasMark = isStart && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    isStart = false;
    return hasMark ? chunk.subarray(3) : chunk;
  };
}

/** Null: one byte is one sign of the markup. */
export function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  // Without a mark, `<` and a zero beside it say as much.
  if (start[0] === 0x3c && start[1] === 0) return 'utf-16le';
  if (start[0] === 0 && start[1] === 0x3c) return 'utf-16be';
  return null;
}

function decodedBy(encoding: string): XmlTranscoder {
  const decoder = decoderOf(encoding);
  return (chunk) => Buffer.from(chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true }));
}

function decoderOf(encoding: string) {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder('windows-1252');
  }
}

function isUtf8(start: Buffer): boolean {
  try {
    // A letter may be cut in two at the end of the piece.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return true;
  } catch {
    return false;
  }
}
