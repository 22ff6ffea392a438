import type { Clock } from '../runtime/clock.ts';
import { createAccountRepository, type AccountRepository } from './account-repository.ts';
import { createAuditRepository, type AuditRepository } from './audit-repository.ts';
import { createCursorRepository, type CursorRepository } from './cursor-repository.ts';
import { createIdRepository, type IdRepository } from './id-repository.ts';
import { createJobRepository, type JobRepository } from './job-repository.ts';
import { createMetaRepository, type MetaRepository } from './meta-repository.ts';
import { createOutboxRepository, type OutboxRepository } from './outbox-repository.ts';
import type { Store } from './store.ts';
import { createUploadRepository, type UploadRepository } from './upload-repository.ts';
import { createUserRepository, type UserRepository } from './user-repository.ts';

/** Everything the engine keeps on disk. `cache` can be fetched again, `journal` cannot (SYNC 3.0). */
export type Repositories = {
  readonly cache: Store<'cache'>;
  readonly journal: Store<'journal'>;
  readonly accounts: AccountRepository;
  readonly users: UserRepository;
  readonly cursors: CursorRepository;
  readonly meta: MetaRepository;
  readonly ids: IdRepository;
  readonly outbox: OutboxRepository;
  readonly uploads: UploadRepository;
  readonly jobs: JobRepository;
  readonly audit: AuditRepository;
};

export function createRepositories(cache: Store<'cache'>, journal: Store<'journal'>, clock: Clock): Repositories {
  return {
    cache,
    journal,
    accounts: createAccountRepository(cache),
    users: createUserRepository(cache, () => clock.now()),
    cursors: createCursorRepository(cache),
    meta: createMetaRepository(journal),
    ids: createIdRepository(journal),
    outbox: createOutboxRepository(journal),
    uploads: createUploadRepository(journal),
    jobs: createJobRepository(journal),
    audit: createAuditRepository(journal),
  };
}
