import type { Migration } from '../migrate.ts';
import { cache0001 } from './cache-0001-mirror.ts';
import { cache0002 } from './cache-0002-versions.ts';
import { cache0003 } from './cache-0003-account-ranges.ts';
import { cache0004 } from './cache-0004-custom-roles.ts';
import { cache0005 } from './cache-0005-welcome-emails.ts';
import { cache0006 } from './cache-0006-assignables.ts';

/** Explicit and strictly increasing. */
export const CACHE_MIGRATIONS: readonly Migration[] = [
  cache0001,
  cache0002,
  cache0003,
  cache0004,
  cache0005,
  cache0006,
];
