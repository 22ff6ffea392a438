import { holdProfile } from './database/profile-lock.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { systemClock } from './runtime/clock.ts';
import { silentLogger } from './runtime/logger.ts';
import { createMemoryVault } from './runtime/token-vault.ts';

export type { Engine } from './engine.ts';
export { ProfileInUse } from './database/profile-lock.ts';
export { DatabaseFromFuture } from './database/migrate.ts';

/** An engine for one command: holds the folder, does not sync by itself, keeps no tokens. */
export async function openEngine(
  options: Pick<EngineOptions, 'config' | 'host' | 'readerEntry' | 'randomBytes'>,
): Promise<Engine> {
  const release = holdProfile(options.config.directory);
  const engine = createEngine({
    ...options,
    ...{
      clock: systemClock,
      random: Math.random,
      fetch: globalThis.fetch,
      vault: createMemoryVault(),
      log: silentLogger,
    },
    emit: () => undefined,
  });
  await engine.prepare();
  const close = engine.close.bind(engine);
  // Not a copy: what the engine offers changes when its files are exchanged.
  return Object.assign(engine, {
    async close() {
      await close();
      release();
    },
  });
}
