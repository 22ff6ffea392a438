import type { Area } from '../../../shared/contract/contract.ts';
import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { Repositories } from '../database/repositories.ts';
import type { StorageKeeper } from '../database/safety/storage-keeper.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import type { OAuth } from '../remote/oauth.ts';
import type { Clock } from '../runtime/clock.ts';
import type { EngineConfig } from '../runtime/config.ts';
import type { Host } from '../runtime/host.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import type { Wipe } from '../database/safety/wipe.ts';
import type { Connection } from '../sync/connection.ts';
import type { Recorder } from '../sync/enqueue.ts';
import type { Lock } from '../sync/lock.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import type { Secrets } from '../sync/secrets.ts';
import type { Session } from '../sync/session.ts';
import type { ImportDesk } from '../imports/import-desk-port.ts';

/** What a handler may use. Made once, in engine.ts. */
export type EngineContext = {
  readonly config: EngineConfig;
  readonly repositories: Repositories;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly host: Host;
  readonly session: Session;
  readonly oauth: OAuth;
  readonly connection: Connection;
  readonly scheduler: Scheduler;
  readonly recorder: Recorder;
  readonly jobs: JobTracker;
  readonly imports: ImportDesk;
  /** What the cloud can do, as far as it has said so. */
  readonly capabilities: () => Capabilities | null;
  /** The first entry of the history that does not fit the chain; looked up once per run of the program. */
  readonly auditBreak: () => number | null;
  readonly storage: StorageKeeper;
  readonly secrets: Secrets;
  readonly lock: Lock;
  readonly wipe: (what: Wipe) => Promise<void>;
  /** The caller's permission, from the one matrix (SPEC DEL-2). */
  readonly may: (permission: string) => boolean;
  /** Tells every window which areas may answer differently now. */
  readonly changed: (...areas: readonly Area[]) => void;
};
