import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';

const FREE_BYTES = 1024 * 1024;

/** Counts what all parts of one file unpack to. The sizes that the file itself declares are never trusted. */
export type UnpackBudget = {
  /** Called for every unpacked chunk, before anyone looks at it. */
  spend(unpackedBytes: number, packedBytesOfPart: number, unpackedBytesOfPart: number): void;
};

export function createUnpackBudget(): UnpackBudget {
  let total = 0;
  return {
    spend: (bytes, packed, unpacked) => {
      total += bytes;
      const ratio = unpacked / Math.max(1, packed);
      if (total <= READ_LIMITS.unpackedBytes && (unpacked <= FREE_BYTES || ratio <= READ_LIMITS.unpackRatio)) return;
      throw new ReadProblem('import.expands-too-far', 'unpacks to far more than a spreadsheet does', {
        limit: READ_LIMITS.unpackedBytes,
        count: total,
      });
    },
  };
}
