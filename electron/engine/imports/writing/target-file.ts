import { open, rename, rm } from 'node:fs/promises';
import { SheetProblem } from './sheet-problem.ts';

/** A file that is being written from its beginning to its end. */
export type TargetFile = {
  write(bytes: Uint8Array): Promise<void>;
  /** Overwrites what was written before: sizes are known only behind what they are of. */
  patch(position: number, bytes: Uint8Array): Promise<void>;
  position(): number;
};

/** The name under which a file is written until it is whole. */
export function partOf(path: string): string {
  return `${path}.part`;
}

/** The file is there as a whole or not at all. */
export async function writeWhole<T>(path: string, fill: (target: TargetFile) => Promise<T>): Promise<T> {
  const part = partOf(path);
  const handle = await open(part, 'w').catch(unwritable);
  let position = 0;
  const at = async (bytes: Uint8Array, from: number): Promise<void> => {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, from + done).catch(unwritable);
      done += bytesWritten;
    }
  };
  try {
    const result = await fill({
      async write(bytes) {
        await at(bytes, position);
        position += bytes.length;
      },
      patch: (from, bytes) => at(bytes, from),
      position: () => position,
    });
    await handle.close();
    await rename(part, path).catch(unwritable);
    return result;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

function unwritable(error: unknown): never {
  throw new SheetProblem('unwritable', error instanceof Error && 'code' in error ? String(error.code) : String(error));
}
