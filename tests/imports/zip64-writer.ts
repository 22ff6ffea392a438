const [LOCAL, ENTRY] = [0x04034b50, 0x02014b50];

/**
 * The same zip as a program writes that does not know sizes beforehand: sizes behind each part, all numbers in 64 bits.
 */
export function toStreamedZip64(zip: Buffer): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const push = (piece: Buffer): void => {
    pieces.push(piece);
    offset += piece.length;
  };
  for (let at = zip.readUInt32LE(zip.length - 6); zip.readUInt32LE(at) === ENTRY;) {
    const name = zip.subarray(at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const [crc, packedBytes, unpackedBytes] = [16, 20, 24].map((field) => zip.readUInt32LE(at + field)) as [
      number,
      number,
      number,
    ];
    const dataAt = zip.readUInt32LE(at + 42) + 30 + name.length;
    const headerAt = offset;
    push(Buffer.concat([header(zip.readUInt16LE(at + 10), name), name, wide([0, 0])]));
    push(zip.subarray(dataAt, dataAt + packedBytes));
    const descriptor = Buffer.alloc(8);
    descriptor.write('PK\u0007\u0008', 0, 'latin1');
    descriptor.writeUInt32LE(crc, 4);
    push(Buffer.concat([descriptor, wide([packedBytes, unpackedBytes]).subarray(4)]));
    const record = Buffer.alloc(46, 0);
    header(zip.readUInt16LE(at + 10), name).copy(record, 6, 4, 30);
    record.writeUInt32LE(ENTRY, 0);
    record.writeUInt32LE(crc, 16);
    record.writeUInt16LE(28, 30);
    record.writeUInt32LE(0xffffffff, 42);
    directory.push(record, name, wide([unpackedBytes, packedBytes, headerAt]));
    at += 46 + name.length;
  }
  const from = offset;
  push(Buffer.concat(directory));
  const end64 = Buffer.alloc(56);
  end64.write('PK\u0006\u0006', 0, 'latin1');
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(BigInt(offset - from), 40);
  end64.writeBigUInt64LE(BigInt(from), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\u0006\u0007', 0, 'latin1');
  locator.writeBigUInt64LE(BigInt(offset), 8);
  const end = Buffer.alloc(22, 0xff);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(0, 20);
  return Buffer.concat([...pieces, end64, locator, end]);
}

function header(method: number, name: Buffer): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(LOCAL, 0);
  local.writeUInt16LE(45, 4);
  local.writeUInt16LE(8, 6);
  local.writeUInt16LE(method, 8);
  local.writeUInt32LE(0xffffffff, 18);
  local.writeUInt32LE(0xffffffff, 22);
  local.writeUInt16LE(name.length, 26);
  local.writeUInt16LE(20, 28);
  return local;
}

function wide(numbers: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + numbers.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(numbers.length * 8, 2);
  for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + index * 8);
  return extra;
}
