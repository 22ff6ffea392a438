import type { AppContract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { accounts } from './accounts.ts';
import { conflicts } from './conflicts.ts';
import type { EngineContext } from './engine-context.ts';
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

export const handlers: Handlers<AppContract, EngineContext> = {
  ...{ session, sync, accounts, users, imports, recipes, uploads },
  ...{ outbox, conflicts, history, offline, jobs, storage },
};
