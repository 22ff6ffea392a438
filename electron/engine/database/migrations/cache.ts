import type { Migration } from '../migrate.ts';
import { cache0001 } from './cache-0001-mirror.ts';

/** Explicit and strictly increasing. The cache may also be thrown away and fetched again. */
export const CACHE_MIGRATIONS: readonly Migration[] = [cache0001];
