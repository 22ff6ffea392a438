import type { PageImage } from './page-image.ts';

/** A value as SQLite stores it. */
export type Value = null | number | bigint | string | Buffer;
export type RawRow = { readonly rowid: number | null; readonly values: readonly Value[] };

export type DecodedPage = {
  readonly kind: 'table' | 'index';
  readonly isLeaf: boolean;
  readonly rows: readonly RawRow[];
  readonly children: readonly number[];
  /** Overflow pages that the rows use. */
  readonly overflow: readonly number[];
  /** Cells that could not be read. */
  readonly brokenCells: number;
};

type Varint = { readonly value: number; readonly next: number };

/** Reads one b-tree page of the file format (sqlite.org/fileformat2.html, 1.6); null when it is none. */
export function decodePage(image: PageImage, number: number): DecodedPage | null {
  const page = image.page(number);
  if (!page) return null;
  const start = number === 1 ? 100 : 0;
  const type = page[start];
  if (type !== 2 && type !== 5 && type !== 10 && type !== 13) return null;
  const isLeaf = type === 10 || type === 13;
  const kind = type === 5 || type === 13 ? 'table' : 'index';
  const headerSize = isLeaf ? 8 : 12;
  const count = Math.min(page.readUInt16BE(start + 3), Math.floor((image.pageSize - start - headerSize) / 2));
  const rows: RawRow[] = [];
  const children: number[] = isLeaf ? [] : [page.readUInt32BE(start + 8)];
  const overflow: number[] = [];
  let brokenCells = 0;
  for (let index = 0; index < count; index += 1) {
    const at = page.readUInt16BE(start + headerSize + index * 2);
    if (at < start + headerSize || at > image.pageSize - 4) {
      brokenCells += 1;
      continue;
    }
    if (!isLeaf) children.push(page.readUInt32BE(at));
    if (!isLeaf && kind === 'table') continue;
    const row = readCell({ image, page, kind, overflow }, isLeaf ? at : at + 4);
    if (row) rows.push(row);
    else brokenCells += 1;
  }
  return { kind, isLeaf, rows, children, overflow, brokenCells };
}

type CellContext = {
  readonly image: PageImage;
  readonly page: Buffer;
  readonly kind: 'table' | 'index';
  readonly overflow: number[];
};

function readCell(context: CellContext, at: number): RawRow | null {
  const { page, kind } = context;
  const size = readVarint(page, at);
  if (!size) return null;
  const rowid = kind === 'table' ? readVarint(page, size.next) : null;
  if (kind === 'table' && !rowid) return null;
  const payload = readPayload(context, rowid?.next ?? size.next, size.value);
  const values = payload && decodeRecord(payload);
  return values && { rowid: rowid?.value ?? null, values };
}

const LARGEST_ROW = 64 * 1024 * 1024;

function readPayload({ image, page, kind, overflow }: CellContext, at: number, size: number): Buffer | null {
  const usable = image.usable;
  if (size > LARGEST_ROW) return null;
  const largest = kind === 'table' ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (size <= largest) return at + size <= usable ? page.subarray(at, at + size) : null;
  const smallest = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wanted = smallest + ((size - smallest) % (usable - 4));
  const local = wanted <= largest ? wanted : smallest;
  if (at + local + 4 > usable) return null;
  const parts = [page.subarray(at, at + local)];
  let rest = size - local;
  const seen = new Set<number>();
  for (let next = page.readUInt32BE(at + local); rest > 0;) {
    const more = image.page(next);
    if (!more || seen.has(next)) return null;
    seen.add(next);
    parts.push(more.subarray(4, Math.min(usable, 4 + rest)));
    rest -= usable - 4;
    next = more.readUInt32BE(0);
  }
  overflow.push(...seen);
  return Buffer.concat(parts);
}

/** Null unless header and content fill the payload exactly: the one check that a record carries. */
function decodeRecord(payload: Buffer): readonly Value[] | null {
  const header = readVarint(payload, 0);
  if (!header || header.value > payload.length || header.value < 1) return null;
  const types: number[] = [];
  let at = header.next;
  while (at < header.value) {
    const type = readVarint(payload, at);
    if (!type) return null;
    types.push(type.value);
    at = type.next;
  }
  if (at !== header.value) return null;
  const values: Value[] = [];
  for (const type of types) {
    const length = lengthOf(type);
    if (length === null || at + length > payload.length) return null;
    const value = valueOf(type, payload.subarray(at, at + length));
    if (value === undefined) return null;
    values.push(value);
    at += length;
  }
  return at === payload.length ? values : null;
}

const FIXED: readonly (number | null)[] = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, null, null];

function lengthOf(type: number): number | null {
  return type < 12 ? (FIXED[type] ?? null) : Math.floor((type - 12) / 2);
}

/** Undefined: text that is not UTF-8. Nobody typed it, so the bytes are damaged. */
function valueOf(type: number, bytes: Buffer): Value | undefined {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type < 6) return bytes.readIntBE(0, bytes.length);
  if (type === 6) {
    const large = bytes.readBigInt64BE(0);
    const small = Number(large);
    return Number.isSafeInteger(small) ? small : large;
  }
  if (type % 2 === 0) return Buffer.from(bytes);
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') && !Buffer.from(text, 'utf8').equals(bytes) ? undefined : text;
}

function readVarint(bytes: Buffer, at: number): Varint | null {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value = value * 128 + (byte & 0x7f);
    if (byte < 128) return Number.isSafeInteger(value) ? { value, next: at + index + 1 } : null;
  }
  // The ninth byte counts whole; no row or size of ours is that large.
  return null;
}
