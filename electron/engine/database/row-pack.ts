/** Rows of a preview are stored in packs: row n is in pack n / 128. A row of its own in three trees costs four times as much. */
export const PACK_BITS = 7;
export const PACK_ROWS = 1 << PACK_BITS;
const SLOT_MASK = PACK_ROWS - 1;

/** The rows of a pack by their place in it. */
export type RowPack = {
  /** Each as a line of JSON; undefined where there is none. */
  readonly lines: (string | undefined)[];
  /** The hash of each row's address; 0 without one. */
  readonly keys: Uint32Array;
};

export function packOf(rowId: number): number {
  return rowId >>> PACK_BITS;
}

export function slotOf(rowId: number): number {
  return rowId & SLOT_MASK;
}

export function emptyPack(): RowPack {
  return { lines: Array.from({ length: PACK_ROWS }), keys: new Uint32Array(PACK_ROWS) };
}

/** What is stored is a list in JSON with a row in each of its lines, so that one row is read without the others. */
export function readPack(rows: string, keys: Uint32Array): RowPack {
  const pack: RowPack = { lines: Array.from({ length: PACK_ROWS }), keys };
  for (const line of linesOf(rows)) pack.lines[slotOf(rowIdOf(line))] = line;
  return pack;
}

/** '' when no row is left. */
export function packText({ lines }: RowPack): string {
  const present = lines.filter((line) => line !== undefined);
  return present.length === 0 ? '' : `[${present.join(BETWEEN)}]`;
}

export function linesOf(rows: string): readonly string[] {
  return rows.slice(1, -1).split(BETWEEN);
}

/** A line break within a text is written as an escape, so one outside is always between two rows. */
const BETWEEN = ',\n';

export function rowIdOf(line: string): number {
  return Number.parseInt(line.slice(1, line.indexOf(',')), 10);
}

/** Tells addresses apart, not quite always (FNV-1a): whoever finds a row by it looks at the row. 0 for no address. */
export function addressHash(emailKey: string): number {
  if (emailKey === '') return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < emailKey.length; index += 1)
    hash = Math.imul(hash ^ emailKey.charCodeAt(index), 0x01000193);
  return hash >>> 0 || 1;
}

export function keysAsBytes(keys: Uint32Array): Uint8Array {
  return new Uint8Array(keys.buffer, keys.byteOffset, keys.byteLength);
}

/** A copy: the bytes of a database row do not begin where numbers may begin. */
export function keysOfBytes(bytes: Uint8Array): Uint32Array {
  const keys = new Uint32Array(PACK_ROWS);
  keysAsBytes(keys).set(bytes.subarray(0, keys.byteLength));
  return keys;
}
