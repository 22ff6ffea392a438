import { must } from '../../../shared/lib/must.ts';
import { DECIDING_MUTANTS } from './deciding-mutants.ts';
import { FOUND_MUTANTS } from './found-mutants.ts';
import type { Mutant } from './mutant.ts';
import { ORDER_MUTANTS } from './order-mutants.ts';
import { SENDING_MUTANTS } from './sending-mutants.ts';

/** The bugs that the layers must see: those of SYNC 4.4, those the simulation once found here, and their relatives. */
export const MUTANTS: readonly Mutant[] = [...SENDING_MUTANTS, ...ORDER_MUTANTS, ...DECIDING_MUTANTS, ...FOUND_MUTANTS];

export function mutantOf(id: string): Mutant {
  return must(
    MUTANTS.find((one) => one.id === id),
    `the mutant ${id}`,
  );
}
