import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';

const CHUNK_BYTES = 256 * 1024;
const MEGABYTE = 1024 * 1024;

/** The person's file, open for reading. Every read is by position and exact, so that a shrinking file is noticed. */
export type SourceFile = {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  read(position: number, length: number): Promise<Buffer>;
  chunks(from?: number, to?: number): AsyncGenerator<Buffer, void>;
  /** Fails when the file is not the one that was opened any more; else its SHA-256. */
  seal(): Promise<string>;
  close(): Promise<void>;
};

export async function openSourceFile(path: string): Promise<SourceFile> {
  // Looked at before it is opened: opening a named pipe would wait for ever.
  const before = await stat(path);
  if (!before.isFile()) throw new ReadProblem('import.file-unreadable', 'not a file');
  if (before.size > READ_LIMITS.fileBytes) {
    throw new ReadProblem('import.file-too-large', 'too large', {
      limit: READ_LIMITS.fileBytes / MEGABYTE,
      count: Math.ceil(before.size / MEGABYTE),
    });
  }
  if (before.size === 0) throw new ReadProblem('import.empty', 'the file has no content');
  const handle = await open(path, 'r');
  const read = (position: number, length: number): Promise<Buffer> => readExactly(handle, position, length);

  async function* chunks(from = 0, to = before.size): AsyncGenerator<Buffer, void> {
    for (let position = from; position < to; position += CHUNK_BYTES) {
      yield await read(position, Math.min(CHUNK_BYTES, to - position));
    }
  }

  return {
    sizeBytes: before.size,
    modifiedMs: before.mtimeMs,
    read,
    chunks,
    seal: async () => {
      const hash = createHash('sha256');
      for await (const chunk of chunks()) hash.update(chunk);
      // By path and not by handle: a program that saves by renaming leaves the old file behind the handle.
      const after = await stat(path);
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || after.ino !== before.ino) {
        throw new ReadProblem('import.file-changed', 'changed while it was read');
      }
      return hash.digest('hex');
    },
    close: () => handle.close(),
  };
}

/** What was pasted, as if it were a file. */
export function openPasted(content: Uint8Array): SourceFile {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return {
    sizeBytes: bytes.length,
    modifiedMs: 0,
    read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)),
    async *chunks(from = 0, to = bytes.length) {
      for (let at = from; at < to; at += CHUNK_BYTES) yield bytes.subarray(at, Math.min(at + CHUNK_BYTES, to));
    },
    seal: () => Promise.resolve(createHash('sha256').update(bytes).digest('hex')),
    close: () => Promise.resolve(),
  };
}

async function readExactly(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new ReadProblem('import.file-changed', 'became shorter while it was read');
    filled += bytesRead;
  }
  return buffer;
}
