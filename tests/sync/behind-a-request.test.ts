import { describe, expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { Fetch } from '../../electron/engine/remote/cloud-client.ts';
import { MODES } from '../harness/capability-modes.ts';
import { changesOf, editUser, freeUsers, serverUser } from '../harness/edits.ts';
import { engineIn } from '../harness/modes.ts';
import { until } from '../harness/until.ts';

/** A network that holds back writes until they are let through. */
function heldWrites() {
  const waiting: (() => void)[] = [];
  let isHeld = true;
  const fetch: Fetch = async (input, init) => {
    const method = init?.method ?? 'GET';
    if (isHeld && method !== 'GET' && !new Request(input).url.endsWith('/token'))
      await new Promise<void>((resolve) => waiting.push(resolve));
    return globalThis.fetch(input, init);
  };
  return {
    fetch,
    count: () => waiting.length,
    release: () => {
      isHeld = false;
      for (const go of waiting.splice(0)) go();
    },
  };
}

describe.each(MODES)('%s', (_name, mode) => {
  test('OFF-2 L7: what is set back and deleted behind a request under way asks nobody', async () => {
    const held = heldWrites();
    const engine = await engineIn(mode, { fetch: held.fetch });
    const user = must((await freeUsers(engine, 1))[0], 'a user');
    const { mobile } = must(await engine.client.users.get({ id: user.id }), 'on the screen');
    await editUser(engine, user.id, { mobile: '+15550142' });
    await until('the edit is under way', held.count, (count) => count > 0);
    await editUser(engine, user.id, { mobile });
    await engine.client.users.remove({ id: user.id });
    held.release();
    await engine.settled();
    expect(await changesOf(engine)).toEqual([]);
    expect(serverUser(engine, user.sid)).toBeUndefined();
  });

  test('OFF-2 L7: what is set back and then set to something else behind a request under way asks nobody', async () => {
    const held = heldWrites();
    const engine = await engineIn(mode, { fetch: held.fetch });
    const user = must((await freeUsers(engine, 1))[0], 'a user');
    const { mobile } = must(await engine.client.users.get({ id: user.id }), 'on the screen');
    await editUser(engine, user.id, { mobile: '+15550142' });
    await until('the edit is under way', held.count, (count) => count > 0);
    await editUser(engine, user.id, { mobile });
    await editUser(engine, user.id, { mobile: '+15550143' });
    held.release();
    await engine.settled();
    expect(await changesOf(engine)).toEqual([]);
    expect(serverUser(engine, user.sid)).toMatchObject({ mobile: '+15550143' });
  });
});
