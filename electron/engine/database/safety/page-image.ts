import { existsSync, readFileSync } from 'node:fs';

/** The pages of a database file with its write-ahead log laid over them, read without SQLite: it refuses a file that is damaged. */
export type PageImage = {
  readonly pageSize: number;
  /** Bytes of a page that hold content. */
  readonly usable: number;
  readonly count: number;
  /** Counted from 1; null where the file ends. */
  page(number: number): Buffer | null;
};

const DEFAULT_PAGE = 4096;
const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;

export function readPageImage(path: string): PageImage {
  const file = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const wal = readWal(`${path}-wal`);
  const pageSize = pageSizeOf(file) ?? wal?.pageSize ?? DEFAULT_PAGE;
  const reserved = pageSizeOf(file) === null ? 0 : (file[20] ?? 0);
  const overlay = new Map<number, Buffer>();
  const filePages = Math.ceil(file.length / pageSize);
  // A frame whose checksum fits says what was written, however little is left of the file; of the others only plausible numbers count.
  const sound = wal?.frames.slice(0, Math.max(0, wal.readable)) ?? [];
  const limit = Math.max(filePages, ...sound.map(({ page }) => page)) + (wal?.frames.length ?? 0) + 1;
  if (wal?.pageSize === pageSize) {
    for (const { page, content } of wal.frames) if (page > 0 && page <= limit) overlay.set(page, content);
  }
  return {
    pageSize,
    usable: pageSize - (reserved < 32 ? reserved : 0),
    count: Math.max(filePages, ...overlay.keys()),
    page(number) {
      const newer = overlay.get(number);
      if (newer) return newer;
      const bytes = file.subarray((number - 1) * pageSize, number * pageSize);
      if (number < 1 || bytes.length === 0) return null;
      // The last page of a file that was cut: what is left of it may still hold whole rows.
      return bytes.length === pageSize ? bytes : Buffer.concat([bytes, Buffer.alloc(pageSize - bytes.length)]);
    },
  };
}

/**
 * False when the log holds commits that SQLite will not read: it stops at the first frame whose checksum does not fit, and says
 * nothing about those behind it.
 */
export function isLogWhole(path: string): boolean {
  const wal = readWal(`${path}-wal`);
  return wal === null || wal.readable >= wal.frames.length;
}

type Wal = {
  readonly pageSize: number;
  /** Frames of the newest generation up to its last commit. */
  readonly frames: readonly { readonly page: number; readonly content: Buffer }[];
  /** How many of them SQLite reads. */
  readonly readable: number;
};

function readWal(path: string): Wal | null {
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  if (bytes.length <= WAL_HEADER) return null;
  const pageSize = validPageSize(bytes.readUInt32BE(8)) ?? DEFAULT_PAGE;
  const step = FRAME_HEADER + pageSize;
  const salt = saltOf(bytes, step);
  const all: { page: number; content: Buffer; at: number; isCommit: boolean }[] = [];
  for (let at = WAL_HEADER; at + step <= bytes.length; at += step) {
    // Frames of an earlier round of the log have another salt.
    if (bytes.readBigUInt64BE(at + 8) !== salt) continue;
    const content = bytes.subarray(at + FRAME_HEADER, at + step);
    all.push({ page: bytes.readUInt32BE(at), content, at, isCommit: bytes.readUInt32BE(at + 4) !== 0 });
  }
  const frames = all.slice(0, all.findLastIndex(({ isCommit }) => isCommit) + 1);
  return { pageSize, frames, readable: readableFrames(bytes, frames, pageSize) };
}

/** The salt of the header; when the header is damaged, that of the first frame. */
function saltOf(bytes: Buffer, step: number): bigint {
  const salt = bytes.readBigUInt64BE(16);
  if (bytes.length < WAL_HEADER + step) return salt;
  const first = bytes.readBigUInt64BE(WAL_HEADER + 8);
  if (first === salt) return salt;
  const isHeaderWhole = readableFrames(bytes, [], 0) === 0;
  return isHeaderWhole ? salt : first;
}

/** Follows the checksums as SQLite does. -1: not even the header fits. */
function readableFrames(bytes: Buffer, frames: readonly { readonly at: number }[], pageSize: number): number {
  const magic = bytes.readUInt32BE(0);
  if (magic !== MAGIC && magic !== MAGIC + 1) return -1;
  const isBig = magic === MAGIC + 1;
  let sum = checksum(bytes.subarray(0, 24), [0, 0], isBig);
  if (!isSum(bytes, 24, sum)) return -1;
  let count = 0;
  let expected = WAL_HEADER;
  for (const { at } of frames) {
    if (at !== expected) return count;
    sum = checksum(bytes.subarray(at, at + 8), sum, isBig);
    sum = checksum(bytes.subarray(at + FRAME_HEADER, at + FRAME_HEADER + pageSize), sum, isBig);
    if (!isSum(bytes, at + 16, sum)) return count;
    count += 1;
    expected = at + FRAME_HEADER + pageSize;
  }
  return count;
}

type Sum = readonly [number, number];

function isSum(bytes: Buffer, at: number, [first, second]: Sum): boolean {
  return bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second;
}

function checksum(bytes: Buffer, [first, second]: Sum, isBig: boolean): Sum {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let a = first;
  let b = second;
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + view.getUint32(at, !isBig) + b) >>> 0;
    b = (b + view.getUint32(at + 4, !isBig) + a) >>> 0;
  }
  return [a, b];
}

function pageSizeOf(file: Buffer): number | null {
  if (file.length < 100) return null;
  const size = file.readUInt16BE(16);
  return validPageSize(size === 1 ? 65_536 : size);
}

function validPageSize(size: number): number | null {
  return size >= 512 && size <= 65_536 && Number.isInteger(Math.log2(size)) ? size : null;
}
