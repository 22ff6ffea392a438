/** Text in an encoding that Node itself only reads: each byte is looked up by what it decodes to. Fails for other letters. */
export function encodeText(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const bytes = bytesOf(encoding);
  return Buffer.from(
    Array.from(text, (letter) => {
      const byte = bytes.get(letter);
      if (byte === undefined) throw new Error(`${letter} is not in ${encoding}`);
      return byte;
    }),
  );
}

const known = new Map<string, ReadonlyMap<string, number>>();

function bytesOf(encoding: string): ReadonlyMap<string, number> {
  const found = known.get(encoding);
  if (found) return found;
  const decoder = new TextDecoder(encoding);
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  known.set(encoding, bytes);
  return bytes;
}
