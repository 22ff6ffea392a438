import type { Clock } from '../runtime/clock.ts';
import { createAccountRepository, type AccountRepository } from './account-repository.ts';
import { createAttemptRepository, type AttemptRepository } from './attempt-repository.ts';
import { createAuditRepository, type AuditRepository } from './audit-repository.ts';
import { createCursorRepository, type CursorRepository } from './cursor-repository.ts';
import { createIdRepository, type IdRepository } from './id-repository.ts';
import { createImportChangeRepository, type ImportChangeRepository } from './import-change-repository.ts';
import { createJobRepository, type JobRepository } from './job-repository.ts';
import { createLearnedHeadingRepository, type LearnedHeadingRepository } from './learned-heading-repository.ts';
import { createMetaRepository, type MetaRepository } from './meta-repository.ts';
import { createOutboxRepository, type OutboxRepository } from './outbox-repository.ts';
import { createPinRepository, type PinRepository } from './pin-repository.ts';
import { createRecipeRepository, type RecipeRepository } from './recipe-repository.ts';
import type { Store } from './store.ts';
import { createTombstoneRepository, type TombstoneRepository } from './tombstone-repository.ts';
import { createUploadRepository, type UploadRepository } from './upload-repository.ts';
import { createUploadRowRepository, type UploadRowRepository } from './upload-row-repository.ts';
import { createUserRepository, type UserRepository } from './user-repository.ts';
import { createVersionRepository, type VersionRepository } from './version-repository.ts';

/** Everything the engine keeps on disk. `cache` can be fetched again, `journal` cannot (SYNC 3.0). */
export type Repositories = {
  readonly cache: Store<'cache'>;
  readonly journal: Store<'journal'>;
  readonly accounts: AccountRepository;
  readonly users: UserRepository;
  /** How records of the server moved between two looks (OFF-4). */
  readonly versions: VersionRepository;
  readonly tombstones: TombstoneRepository;
  readonly cursors: CursorRepository;
  readonly meta: MetaRepository;
  readonly ids: IdRepository;
  readonly outbox: OutboxRepository;
  readonly uploads: UploadRepository;
  readonly uploadRows: UploadRowRepository;
  readonly importChanges: ImportChangeRepository;
  readonly jobs: JobRepository;
  readonly audit: AuditRepository;
  readonly attempts: AttemptRepository;
  readonly pins: PinRepository;
  /** IMP-13: of this laptop, whoever is signed in. */
  readonly learnedHeadings: LearnedHeadingRepository;
  readonly recipes: RecipeRepository;
};

export function createRepositories(cache: Store<'cache'>, journal: Store<'journal'>, clock: Clock): Repositories {
  return {
    cache,
    journal,
    accounts: createAccountRepository(cache),
    users: createUserRepository(cache, () => clock.now()),
    versions: createVersionRepository(cache),
    tombstones: createTombstoneRepository(cache),
    cursors: createCursorRepository(cache),
    meta: createMetaRepository(journal),
    ids: createIdRepository(journal),
    outbox: createOutboxRepository(journal),
    uploads: createUploadRepository(journal),
    uploadRows: createUploadRowRepository(journal),
    importChanges: createImportChangeRepository(journal),
    jobs: createJobRepository(journal),
    audit: createAuditRepository(journal),
    attempts: createAttemptRepository(journal),
    pins: createPinRepository(journal),
    learnedHeadings: createLearnedHeadingRepository(journal),
    recipes: createRecipeRepository(journal),
  };
}
