import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { SourceFile } from '../reading/source-file.ts';
import { findDirectory, packedStart, wideFieldsIn } from '../reading/zip-archive.ts';
import type { ZipEntry } from '../reading/zip-archive.ts';
import { SheetProblem } from './sheet-problem.ts';
import type { TargetFile } from './target-file.ts';

const UNKNOWN_32 = 0xffffffff;
const UTF8_NAME = 0x0800;
const DEFLATED = 8;
const VERSION = 20;
const CHUNK_BYTES = 256 * 1024;

/** Copies a zip with one part exchanged. All others are copied as they are packed, with whatever stands between them. */
export async function copyZip(options: {
  readonly file: SourceFile;
  readonly parts: ReadonlyMap<string, ZipEntry>;
  readonly exchanged: ZipEntry;
  readonly content: AsyncIterable<Buffer>;
  readonly target: TargetFile;
}): Promise<void> {
  const { file, parts, exchanged, content, target } = options;
  const entries = [...parts.values()].toSorted((one, other) => one.headerAt - other.headerAt);
  const { start: directoryAt } = await findDirectory(file);
  const records = new Map<ZipEntry, Buffer>();
  for (const [index, entry] of entries.entries()) {
    const end = entries[index + 1]?.headerAt ?? directoryAt;
    if ((await packedStart(file, entry)) + entry.packedBytes > end) throw new SheetProblem('structure', 'overlaps');
    if (entry === exchanged) {
      records.set(entry, await writePart(entry, content, target));
      continue;
    }
    records.set(entry, movedRecord(entry.record, target.position()));
    for await (const chunk of file.chunks(entry.headerAt, end)) await target.write(chunk);
  }
  const from = target.position();
  for (const entry of parts.values()) await target.write(records.get(entry) ?? entry.record);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(target.position() - from, 12);
  end.writeUInt32LE(from, 16);
  await target.write(end);
}

/** Writes the part packed anew; its record in the directory. */
async function writePart({ record }: ZipEntry, content: AsyncIterable<Buffer>, target: TargetFile): Promise<Buffer> {
  const headerAt = target.position();
  const name = record.subarray(46, 46 + record.readUInt16LE(28));
  const header = Buffer.alloc(30);
  await target.write(header);
  await target.write(name);
  const packedAt = target.position();
  let crc = 0;
  let unpackedBytes = 0;
  async function* counted(): AsyncGenerator<Buffer, void> {
    for await (const chunk of content) {
      crc = crc32(chunk, crc);
      unpackedBytes += chunk.length;
      yield chunk;
    }
  }
  await pipeline(
    Readable.from(counted(), { objectMode: false, highWaterMark: CHUNK_BYTES }),
    createDeflateRaw({ chunkSize: CHUNK_BYTES }),
    async (packed: AsyncIterable<Buffer>) => {
      for await (const chunk of packed) await target.write(chunk);
    },
  );
  const whole = wholeRecord(record, { crc, packedBytes: target.position() - packedAt, unpackedBytes, headerAt });
  header.write('PK\u0003\u0004', 0, 'latin1');
  // From the version to the length of the name both say the same, and there is no extra field.
  whole.copy(header, 4, 6, 30);
  await target.patch(headerAt, header);
  return whole;
}

/** The record of a part that stands elsewhere now. */
function movedRecord(record: Buffer, headerAt: number): Buffer {
  const moved = Buffer.from(record);
  if (moved.readUInt32LE(42) !== UNKNOWN_32) {
    moved.writeUInt32LE(headerAt, 42);
    return moved;
  }
  const extraAt = 46 + moved.readUInt16LE(28);
  const wide = wideFieldsIn(moved.subarray(extraAt, extraAt + moved.readUInt16LE(30)));
  const before = [20, 24].filter((at) => moved.readUInt32LE(at) === UNKNOWN_32).length * 8;
  if (before + 8 > wide.length) throw new SheetProblem('structure', 'zip64');
  moved.writeBigUInt64LE(BigInt(headerAt), extraAt + wide.start + before);
  return moved;
}

/** The record with sizes of its own, in 32 bits, and without extra fields: they may tell of what the part was. */
function wholeRecord(
  record: Buffer,
  sizes: Readonly<Record<'crc' | 'packedBytes' | 'unpackedBytes' | 'headerAt', number>>,
): Buffer {
  const nameEnd = 46 + record.readUInt16LE(28);
  const whole = Buffer.from(record.subarray(0, nameEnd));
  whole.writeUInt16LE(VERSION, 6);
  whole.writeUInt16LE(record.readUInt16LE(8) & UTF8_NAME, 8);
  whole.writeUInt16LE(DEFLATED, 10);
  whole.writeUInt32LE(sizes.crc, 16);
  whole.writeUInt32LE(sizes.packedBytes, 20);
  whole.writeUInt32LE(sizes.unpackedBytes, 24);
  // No extra fields, no comment, on the only disk there is.
  whole.fill(0, 30, 36);
  whole.writeUInt32LE(sizes.headerAt, 42);
  return whole;
}
