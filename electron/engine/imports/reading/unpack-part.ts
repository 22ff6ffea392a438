import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { ReadProblem } from './read-problem.ts';
import type { SourceFile } from './source-file.ts';
import type { UnpackBudget } from './unpack-budget.ts';
import { packedStart } from './zip-archive.ts';
import type { ZipEntry } from './zip-archive.ts';

const STORED = 0;
const DEFLATED = 8;
const AES = 99;

/** Unpacks one part in chunks. Ends well only when every byte is there and the checksum is right. */
export async function* unpackPart(
  file: SourceFile,
  entry: ZipEntry,
  budget: UnpackBudget,
): AsyncGenerator<Buffer, void> {
  if (entry.isEncrypted || entry.method === AES) {
    throw new ReadProblem('import.password-protected', 'the zip is encrypted');
  }
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new ReadProblem('import.damaged', 'unknown packing');
  const start = await packedStart(file, entry);
  const packed = file.chunks(start, start + entry.packedBytes);
  const unpacked = entry.method === STORED ? packed : inflate(packed);
  let crc = 0;
  let length = 0;
  for await (const chunk of unpacked) {
    length += chunk.length;
    budget.spend(chunk.length, entry.packedBytes, length);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== entry.crc) throw new ReadProblem('import.damaged', 'checksum of a part is wrong');
}

async function* inflate(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const source = Readable.from(packed, { objectMode: false, highWaterMark: 256 * 1024 });
  const inflater = createInflateRaw({ chunkSize: 256 * 1024 });
  // `pipe` does not carry errors over; without this a file that cannot be read on would wait for ever.
  source.on('error', (error) => inflater.destroy(error));
  source.pipe(inflater);
  try {
    for await (const chunk of inflater) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof ReadProblem) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_')) throw new ReadProblem('import.damaged', 'a part cannot be unpacked');
    throw error;
  } finally {
    source.destroy();
    inflater.destroy();
  }
}
