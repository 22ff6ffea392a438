import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';
import type { SourceFile } from './source-file.ts';

export type ZipEntry = {
  /** Lower case, no leading slash: part names are compared without regard to case (ECMA-376 part 2). */
  readonly name: string;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly headerAt: number;
  /** As it stands in the directory. */
  readonly record: Buffer;
};

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const MAX_ENTRIES = 20_000;
const MAX_DIRECTORY_BYTES = 8 * 1024 * 1024;
const UNKNOWN_32 = 0xffffffff;

/** Reads the central directory. Nothing is unpacked, and the local headers are trusted only for where the bytes begin. */
export async function readZipDirectory(file: SourceFile): Promise<ReadonlyMap<string, ZipEntry>> {
  const { start, length } = await findDirectory(file);
  if (length > MAX_DIRECTORY_BYTES || start + length > file.sizeBytes) throw damaged('directory of the zip');
  const bytes = await file.read(start, length);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === ENTRY_SIGNATURE) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const end = at + 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (end > bytes.length) throw damaged('directory of the zip');
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const entry = readEntry(bytes.subarray(at, end), extra);
    // The first of two equal names, as Excel does; a second one is a way to show a scanner another content.
    if (entries.has(entry.name)) throw damaged('two parts with one name');
    entries.set(entry.name, entry);
    if (entries.size > MAX_ENTRIES) throw damaged('too many parts');
    at = end;
  }
  if (at !== bytes.length) throw damaged('directory of the zip');
  return entries;
}

/** Where the packed bytes of an entry begin. */
export async function packedStart(file: SourceFile, entry: ZipEntry): Promise<number> {
  if (entry.headerAt + 30 > file.sizeBytes) throw damaged('header of a part');
  const header = await file.read(entry.headerAt, 30);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw damaged('header of a part');
  const start = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.packedBytes > file.sizeBytes) throw damaged('part is cut off');
  return start;
}

/** Where the directory stands: behind the last part. */
export async function findDirectory(file: SourceFile): Promise<{ readonly start: number; readonly length: number }> {
  const tailLength = Math.min(file.sizeBytes, 22 + 0xffff);
  const tailStart = file.sizeBytes - tailLength;
  const tail = await file.read(tailStart, tailLength);
  const at = endIn(tail);
  if (at < 0) throw damaged('end of the zip is missing');
  const length = tail.readUInt32LE(at + 12);
  const start = tail.readUInt32LE(at + 16);
  const isZip64 = start === UNKNOWN_32 || length === UNKNOWN_32 || tail.readUInt16LE(at + 10) === 0xffff;
  if (!isZip64) return { start, length };
  const locatorAt = tailStart + at - 20;
  if (locatorAt < 0) throw damaged('end of the zip');
  const end64At = safeNumber((await file.read(locatorAt, 20)).readBigUInt64LE(8));
  if (end64At + 56 > file.sizeBytes) throw damaged('end of the zip');
  const end64 = await file.read(end64At, 56);
  if (end64.readUInt32LE(0) !== END64_SIGNATURE) throw damaged('end of the zip');
  return { start: safeNumber(end64.readBigUInt64LE(48)), length: safeNumber(end64.readBigUInt64LE(40)) };
}

/** The record whose comment ends with the file, as a comment may look like a record; else the last one. */
function endIn(tail: Buffer): number {
  let last = -1;
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    if (at + 22 + tail.readUInt16LE(at + 20) === tail.length) return at;
    if (last < 0) last = at;
  }
  return last;
}

function readEntry(record: Buffer, extra: Buffer): ZipEntry {
  let packedBytes = record.readUInt32LE(20);
  let unpackedBytes = record.readUInt32LE(24);
  let headerAt = record.readUInt32LE(42);
  const wide = wideFields(extra);
  if (unpackedBytes === UNKNOWN_32) unpackedBytes = wide.shift() ?? unpackedBytes;
  if (packedBytes === UNKNOWN_32) packedBytes = wide.shift() ?? packedBytes;
  if (headerAt === UNKNOWN_32) headerAt = wide.shift() ?? headerAt;
  const name = record.toString('utf8', 46, 46 + record.readUInt16LE(28));
  return {
    name: name.replaceAll('\\', '/').replace(/^\/+/u, '').toLowerCase(),
    isEncrypted: (record.readUInt16LE(8) & 1) === 1,
    method: record.readUInt16LE(10),
    crc: record.readUInt32LE(16),
    packedBytes,
    unpackedBytes,
    headerAt,
    record,
  };
}

function wideFields(extra: Buffer): number[] {
  const { start, length } = wideFieldsIn(extra);
  return Array.from({ length: Math.floor(length / 8) }, (_, index) =>
    safeNumber(extra.readBigUInt64LE(start + index * 8)),
  );
}

/** Where the 64-bit sizes of extra field 1 stand, which are there only for the fields that do not fit (APPNOTE 4.5.3). */
export function wideFieldsIn(extra: Buffer): { readonly start: number; readonly length: number } {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    const end = at + 4 + length;
    if (end > extra.length) break;
    if (extra.readUInt16LE(at) === 1) return { start: at + 4, length };
    at = end;
  }
  return { start: 0, length: 0 };
}

function safeNumber(value: bigint): number {
  if (value > BigInt(READ_LIMITS.unpackedBytes) * 1024n) throw damaged('impossible size');
  return Number(value);
}

function damaged(detail: string): ReadProblem {
  return new ReadProblem('import.damaged', detail);
}
