import type { Setup } from './plan.ts';
import type { Profiles } from './profiles.ts';
import { createWorld, type World } from './world.ts';

/** Folders in which everything was fetched already, one per kind of cloud and person. Made once, copied for every history. */
export function createTemplates(profiles: Profiles) {
  const known = new Map<string, Promise<string>>();

  async function make(setup: Setup, person: number): Promise<string> {
    const folder = profiles.fresh();
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

  return (setup: Setup, person: number): Promise<string> => {
    const { capabilities, hasRevisions, userCount } = setup;
    const name = JSON.stringify([capabilities, hasRevisions, userCount, person]);
    const made = known.get(name) ?? make(setup, person);
    known.set(name, made);
    return made;
  };
}
export type Templates = ReturnType<typeof createTemplates>;
