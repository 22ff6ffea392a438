import { closeProfile, openProfile } from '../../../electron/engine/database/safety/open-profile.ts';
import type { Setup } from './plan.ts';
import type { Profiles } from './profiles.ts';
import { createWorld, STARTS_AT, type World } from './world.ts';

/** Folders in which everything was fetched already, one per kind of cloud and person. Made once, copied for every history. */
export function createTemplates(profiles: Profiles) {
  const known = new Map<string, Promise<string>>();
  let blank: Promise<string> | null = null;

  /** Files of the newest version with nothing in them. */
  async function empty(): Promise<string> {
    return (blank ??= (async () => {
      const folder = profiles.fresh();
      closeProfile(openProfile(folder, new Date(STARTS_AT).toISOString()));
      return folder;
    })());
  }

  async function make(setup: Setup, person: number): Promise<string> {
    const folder = profiles.copy(await empty());
    const world: World = createWorld({ setup: { ...setup, people: [person] }, seed: 1, folders: [folder] });
    const [program] = world.programs;
    if (!program) throw new Error('a world without a program');
    await program.start();
    await world.drain();
    await world.signIn(0, person);
    await world.pumpUntil(() => world.isAtRest(), 60_000);
    if (world.run.broken.length > 0) throw new Error(`the start is broken: ${world.run.lines.slice(-20).join('\n')}`);
    const closing = program.engine()?.close();
    await world.drain();
    await closing;
    return folder;
  }

  function fetched(setup: Setup, person: number): Promise<string> {
    const { capabilities, hasRevisions, userCount } = setup;
    const name = JSON.stringify([capabilities, hasRevisions, userCount, person]);
    const made = known.get(name) ?? make(setup, person);
    known.set(name, made);
    return made;
  }

  return { empty, fetched };
}
export type Templates = ReturnType<typeof createTemplates>;
