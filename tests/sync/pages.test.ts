import { expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { Fetch } from '../../electron/engine/remote/cloud-client.ts';
import { createFastClock } from '../harness/fast-clock.ts';
import { startEngine } from '../harness/start-engine.ts';
import { aSandbox } from '../sandbox/sandbox-client.ts';

const RETAIL = '100000004';
const HEAD = 1000;

type Hold = (target: string, next: string | undefined) => Promise<'whole' | 'cut'>;

/** A line on which the first bytes of a page come at once, and the rest when `hold` says so. */
function slowLine(asked: Set<string>, hold: Hold): Fetch {
  return async (input, init) => {
    const { url } = new Request(input);
    asked.add(url);
    const answer = await globalThis.fetch(input, init);
    if (!url.includes('/users?')) return answer;
    const text = await answer.text();
    const { _links: links } = JSON.parse(text) as { _links: { next?: string } };
    const bytes = new TextEncoder().encode(text);
    const body = new ReadableStream<Uint8Array>({
      async start(stream) {
        stream.enqueue(bytes.slice(0, HEAD));
        const end = await hold(url, links.next);
        if (end === 'whole') stream.enqueue(bytes.slice(HEAD));
        stream.close();
      },
    });
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}

test('OFF-1: on a slow line the next page is on its way before this one is here', async () => {
  const asked = new Set<string>();
  const waiting = new Map<string, () => void>();
  const fetch = slowLine(asked, async (_url, next) => {
    if (next !== undefined && !asked.has(next)) await new Promise<void>((resolve) => waiting.set(next, resolve));
    return 'whole';
  });
  const sandbox = await aSandbox({ settings: { capabilities: { pageSize: 20 } } });
  const engine = await startEngine({
    sandbox,
    fetch: async (input, init) => {
      waiting.get(new Request(input).url)?.();
      return fetch(input, init);
    },
  });
  await (await engine.ready()).settled();
  expect(waiting.size).toBeGreaterThan(10);
  expect((await engine.client.users.page({ accountId: engine.account(RETAIL) })).total).toBe(300);
});

test('OFF-1 L13: a page whose rest never comes is asked for again, although its head had named the next', async () => {
  const asked = new Set<string>();
  const cut = new Set<string>();
  const fetch = slowLine(asked, async (url, next) => {
    if (next === undefined || cut.has(url)) return 'whole';
    cut.add(url);
    return 'cut';
  });
  const clock = createFastClock(80);
  const sandbox = await aSandbox({ clock: () => clock.now(), settings: { capabilities: { pageSize: 100 } } });
  const engine = await startEngine({ sandbox, fetch, clock });
  await engine.signInPartner();
  for (let look = 0; look < 4; look += 1) {
    await engine.client.sync.now({ accountId: null });
    await engine.settled();
  }
  expect(cut.size).toBeGreaterThan(1);
  const { rowid } = must(engine.engine.repositories.accounts.key(engine.account(RETAIL)), 'known');
  expect(engine.engine.repositories.users.countIn(rowid)).toBe(300);
});
