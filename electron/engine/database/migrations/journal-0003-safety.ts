import type { Migration } from '../migrate.ts';

/** SYNC 3.12. */
export const journal0003: Migration = {
  version: 3,
  name: 'safety',
  up() {},
};
