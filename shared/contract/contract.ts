import { z } from 'zod';
import type { Client } from '../rpc/client.ts';
import type { Contract } from '../rpc/operation.ts';
import { accounts } from './accounts.ts';
import { conflicts } from './conflicts.ts';
import { history } from './history.ts';
import { imports } from './imports.ts';
import { jobs } from './jobs.ts';
import { offline } from './offline.ts';
import { outbox } from './outbox.ts';
import { recipes } from './recipes.ts';
import { session } from './session.ts';
import { storage } from './storage.ts';
import { sync } from './sync.ts';
import { uploads } from './uploads.ts';
import { users } from './users.ts';

/**
 * Raise when any schema changes shape; the snapshot test in tests/contract says when.
 * 1: session, sync, accounts, users, imports, outbox, jobs. 2: conflicts, history, offline, storage; more of outbox and session.
 * 3: uploads; plan and update mode of imports. 4: recipes; where the mapping of a column is from. 5: custom roles of an account.
 * 6: welcome e-mails. 7: licenses, SMS number, language, user template and tags of a user; what an account has of them.
 */
export const CONTRACT_VERSION = 7;

export const contract = {
  session,
  sync,
  accounts,
  users,
  imports,
  recipes,
  uploads,
  outbox,
  conflicts,
  history,
  offline,
  jobs,
  storage,
} as const satisfies Contract;
export type AppContract = typeof contract;
export type AppClient = Client<AppContract>;

export const AREAS = [
  'session',
  'sync',
  'accounts',
  'users',
  'imports',
  'recipes',
  'uploads',
  'outbox',
  'conflicts',
  'history',
  'offline',
  'jobs',
  'storage',
] as const;
export type Area = (typeof AREAS)[number];

/** The one event: these areas may answer differently now. */
export const changed = z.strictObject({ areas: z.array(z.enum(AREAS)) });
export type Changed = z.output<typeof changed>;
