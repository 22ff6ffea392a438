import type { Migration } from '../migrate.ts';
import { journal0001 } from './journal-0001-queue.ts';
import { journal0002 } from './journal-0002-imports.ts';
import { journal0003 } from './journal-0003-safety.ts';
import { journal0004 } from './journal-0004-decisions.ts';
import { journal0005 } from './journal-0005-plans.ts';
import { journal0006 } from './journal-0006-pasted.ts';
import { journal0007 } from './journal-0007-recipes.ts';
import { journal0008 } from './journal-0008-packs.ts';
import { journal0009 } from './journal-0009-welcome-emails.ts';
import { journal0010 } from './journal-0010-optional-columns.ts';

/** Explicit and strictly increasing. */
export const JOURNAL_MIGRATIONS: readonly Migration[] = [
  journal0001,
  journal0002,
  journal0003,
  journal0004,
  journal0005,
  journal0006,
  journal0007,
  journal0008,
  journal0009,
  journal0010,
];
