import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { isChance, type Random } from './made-file.ts';

export type Part = { readonly name: string; readonly content: Buffer };
type Style = {
  readonly isStored: boolean;
  readonly hasDescriptors: boolean;
  readonly isZip64: boolean;
  readonly hasExtra: boolean;
  readonly comment: string;
};

export function randomZipStyle(random: Random): Style {
  return {
    isStored: isChance(random, 0.2),
    hasDescriptors: isChance(random, 0.25),
    isZip64: isChance(random, 0.2),
    hasExtra: isChance(random, 0.2),
    comment: isChance(random, 0.1) ? 'PK\u0005\u0006 in a comment is not the end of the zip' : '',
  };
}

/** Writes a zip in the ways that programs really do: sizes after the bytes, 64-bit sizes, extra fields, a comment. */
export function zipParts(parts: readonly Part[], style: Style): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const packed = style.isStored
      ? part.content
      : deflateRawSync(part.content, { level: 1 + (part.content.length % 9) });
    const sizes = { crc: crc32(part.content), packed: packed.length, unpacked: part.content.length };
    const local = Buffer.concat([localHeader(part.name, sizes, style), packed, descriptor(sizes, style)]);
    directory.push(directoryEntry(part.name, { ...sizes, offset }, style));
    locals.push(local);
    offset += local.length;
  }
  return Buffer.concat([
    ...locals,
    ...directory,
    ...ending(parts.length, offset, Buffer.concat(directory).length, style),
  ]);
}

type Sizes = { readonly crc: number; readonly packed: number; readonly unpacked: number };

function localHeader(name: string, { crc, packed, unpacked }: Sizes, style: Style): Buffer {
  const isLater = style.hasDescriptors;
  const extra = Buffer.concat([
    style.isZip64 && !isLater ? wide([unpacked, packed]) : Buffer.alloc(0),
    style.hasExtra ? field(0x5455, Buffer.from([1, 0, 0, 0, 0])) : Buffer.alloc(0),
  ]);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(style.isZip64 ? 45 : 20, 4);
  header.writeUInt16LE(0x0800 | (isLater ? 8 : 0), 6);
  header.writeUInt16LE(style.isStored ? 0 : 8, 8);
  header.writeUInt32LE(isLater ? 0 : crc, 14);
  header.writeUInt32LE(isLater ? 0 : style.isZip64 ? 0xffffffff : packed, 18);
  header.writeUInt32LE(isLater ? 0 : style.isZip64 ? 0xffffffff : unpacked, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, Buffer.from(name), extra]);
}

function descriptor({ crc, packed, unpacked }: Sizes, style: Style): Buffer {
  if (!style.hasDescriptors) return Buffer.alloc(0);
  const bytes = Buffer.alloc(style.isZip64 ? 24 : 16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc, 4);
  if (style.isZip64) {
    bytes.writeBigUInt64LE(BigInt(packed), 8);
    bytes.writeBigUInt64LE(BigInt(unpacked), 16);
  } else {
    bytes.writeUInt32LE(packed, 8);
    bytes.writeUInt32LE(unpacked, 12);
  }
  return bytes;
}

function directoryEntry(name: string, entry: Sizes & { readonly offset: number }, style: Style): Buffer {
  const extra = Buffer.concat([
    style.hasExtra ? field(0x5455, Buffer.from([1, 0, 0, 0, 0])) : Buffer.alloc(0),
    style.isZip64 ? wide([entry.unpacked, entry.packed, entry.offset]) : Buffer.alloc(0),
  ]);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(style.isZip64 ? 45 : 20, 4);
  header.writeUInt16LE(style.isZip64 ? 45 : 20, 6);
  header.writeUInt16LE(0x0800 | (style.hasDescriptors ? 8 : 0), 8);
  header.writeUInt16LE(style.isStored ? 0 : 8, 10);
  header.writeUInt32LE(entry.crc, 16);
  header.writeUInt32LE(style.isZip64 ? 0xffffffff : entry.packed, 20);
  header.writeUInt32LE(style.isZip64 ? 0xffffffff : entry.unpacked, 24);
  header.writeUInt16LE(Buffer.byteLength(name), 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(style.isZip64 ? 0xffffffff : entry.offset, 42);
  return Buffer.concat([header, Buffer.from(name), extra]);
}

function ending(count: number, start: number, length: number, style: Style): Buffer[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(style.isZip64 ? 0xffff : count, 8);
  end.writeUInt16LE(style.isZip64 ? 0xffff : count, 10);
  end.writeUInt32LE(style.isZip64 ? 0xffffffff : length, 12);
  end.writeUInt32LE(style.isZip64 ? 0xffffffff : start, 16);
  const comment = Buffer.from(style.comment);
  end.writeUInt16LE(comment.length, 20);
  if (!style.isZip64) return [end, comment];
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(45, 12);
  end64.writeUInt16LE(45, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(length), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + length), 8);
  locator.writeUInt32LE(1, 16);
  return [end64, locator, end, comment];
}

function wide(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [at, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), at * 8);
  return field(1, bytes);
}

function field(id: number, content: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(content.length, 2);
  return Buffer.concat([header, content]);
}

/** The parts of a sound zip, for whoever wants to spoil them. */
export function partsOf(zip: Buffer): readonly Part[] {
  let endAt = zip.length - 22;
  while (zip.readUInt32LE(endAt) !== 0x06054b50 || endAt + 22 + zip.readUInt16LE(endAt + 20) !== zip.length) endAt -= 1;
  const parts: Part[] = [];
  let at = zip.readUInt32LE(endAt + 16);
  if (at === 0xffffffff) at = Number(zip.readBigUInt64LE(Number(zip.readBigUInt64LE(endAt - 20 + 8)) + 48));
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extraLength, commentLength] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    if (local === 0xffffffff) return parts;
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    parts.push({ name, content: zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed) });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return parts;
}
