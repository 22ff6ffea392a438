import {
  NO_CAPABILITIES,
  wireCapabilities,
  wireChanges,
  wireCollection,
  type Capabilities,
} from '../../../shared/cloud/wire.ts';
import type { CloudClient, CloudRequest } from '../remote/cloud-client.ts';
import type { Answer } from '../remote/answer.ts';
import type { Connection } from './connection.ts';

/** The cloud as the sync sees it: every answer is observed, optional capabilities are known. */
export type Cloud = {
  send(request: CloudRequest): Promise<Answer>;
  /** Asked once per connection; a server without the path has none (CLOUD_API.md "Ours"). Null: no answer yet. */
  capabilities(): Promise<Capabilities | null>;
  /** What it said last; null before the first answer. */
  known(): Capabilities | null;
  forgetCapabilities(): void;
  /** Breaks off what is under way; nothing is sent any more. */
  close(): void;
};

export function createCloud(client: CloudClient, connection: Connection, now: () => number): Cloud {
  const closed = new AbortController();
  let known: Capabilities | null = null;
  /** What it said before it was to be asked again. */
  let before: Capabilities | null = null;
  let oddities = 0;
  let asking: Promise<void> | null = null;

  /** Retry-After and "work offline" hold for the host, so they are kept where every request passes. */
  function heldBack(): Answer | null {
    if (closed.signal.aborted) return { kind: 'lost', reason: 'none', message: 'the program is closing' };
    if (connection.isOffline()) return { kind: 'lost', reason: 'none', message: 'working offline' };
    const gate = connection.gatedUntil();
    if (gate === 0) return null;
    return { kind: 'throttled', status: 0, retryAfterMs: gate - now(), message: '', correlationId: '' };
  }

  async function observed(
    send: (request: CloudRequest) => Promise<Answer>,
    { signal, ...request }: CloudRequest,
  ): Promise<Answer> {
    const held = heldBack();
    if (held) return held;
    const stop = signal ? AbortSignal.any([signal, closed.signal]) : closed.signal;
    const answer = await send({ ...request, signal: stop, heldBack });
    // A request that we broke off ourselves says nothing about the network.
    if (!stop.aborted) connection.observe(answer);
    return answer;
  }

  async function ask(): Promise<void> {
    const answer = await observed((one) => client.sendAnonymous(one), {
      method: 'GET',
      service: 'sandbox-capabilities',
      path: 'capabilities',
    });
    if (answer.kind === 'ok') {
      const parsed = wireCapabilities.safeParse(answer.body);
      known = parsed.success ? parsed.data : NO_CAPABILITIES;
    } else if (answer.kind === 'refused' && SAYS_NO_SUCH_PATH.has(answer.status)) known = NO_CAPABILITIES;
    else if (answer.kind === 'refused' || answer.kind === 'unauthorised') {
      oddities += 1;
      if (oddities >= MOST_ODDITIES || answer.kind === 'unauthorised') known = before ?? NO_CAPABILITIES;
    }
    if (known) oddities = 0;
  }

  return {
    send: (request) => observed((one) => client.send(one), request),
    async capabilities() {
      if (known) return known;
      // Both loops want to know at the start: they get the same answer.
      asking ??= ask().finally(() => {
        asking = null;
      });
      await asking;
      return known;
    },
    known: () => known,
    forgetCapabilities: () => {
      before = known ?? before;
      known = null;
    },
    close: () => closed.abort(),
  };
}

/** Any other refusal of a plain question is a whim of something on the way: without keys and tags nothing in doubt could be told apart. */
const SAYS_NO_SUCH_PATH: ReadonlySet<number> = new Set([400, 403, 404, 405, 410]);
/** A cloud that keeps refusing has no such path either. */
const MOST_ODDITIES = 3;

export type Page = { readonly items: readonly unknown[]; readonly next: string | null; readonly count: number | null };

export function pageOf(body: unknown): Page | null {
  const parsed = wireCollection.safeParse(body);
  if (!parsed.success) return null;
  return {
    items: parsed.data._embedded?.items ?? [],
    next: parsed.data._links?.next ?? null,
    count: parsed.data.count ?? null,
  };
}

/** Members that say something of the whole list may stand before its links. */
const LINKS_AT_HEAD =
  /^\s*\{\s*(?:"\w+"\s*:\s*(?:-?\d+|true|false|null|"[^"\\]*")\s*,\s*)*"_links"\s*:\s*(?<links>\{[^{}]*\})/u;

/** The next page as the first bytes of a page name it, before the rest has come; null: they do not, or there is none. */
export function nextIn(head: string): string | null {
  const links = LINKS_AT_HEAD.exec(head)?.groups?.['links'];
  return links === undefined ? null : (pageOf({ _links: parseLinks(links) })?.next ?? null);
}

function parseLinks(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export type ChangePage = {
  readonly items: readonly { id: string; deleted: boolean; reason: string; body?: unknown }[];
  readonly token: string;
  readonly hasMore: boolean;
};

export function changesOf(body: unknown): ChangePage | null {
  const parsed = wireChanges.safeParse(body);
  return parsed.success ? parsed.data : null;
}
