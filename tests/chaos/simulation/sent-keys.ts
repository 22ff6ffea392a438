import type { VirtualCloud } from './virtual-cloud.ts';

/**
 * `keptMs`: what the cloud said of itself when the key went; `heardMs`: what the program had heard of it. After a look that found nothing
 * the key goes as if for the first time: `knownFrom`.
 */
type SentKey = {
  readonly content: string;
  readonly at: number;
  readonly keptMs: number;
  readonly knownFrom: number;
  readonly heardMs: number;
};

const ROUND_MS = 300_000;

/** Which idempotency key went when and with what, and for how long each program may take it for known. */
export function createSentKeys(cloud: () => VirtualCloud) {
  const keys = new Map<string, SentKey>();
  /** For how long keys are kept, as each program last heard it, and before that: a round of requests goes by what it began with. */
  const heard = new Map<number, readonly number[]>();

  function announcedMs(): number {
    return cloud().settings.capabilities.idempotencyTtlSeconds * 1000;
  }

  function heardNow(client: number): Pick<SentKey, 'knownFrom' | 'heardMs'> {
    return { knownFrom: cloud().now(), heardMs: Math.max(...(heard.get(client) ?? [announcedMs()])) };
  }

  return {
    /** Notes that a key leaves. What it went with before, when that was something else. */
    sent(client: number, key: string, content: string): string | null {
      const name = `${client} ${key}`;
      const known = keys.get(name);
      if (!known) keys.set(name, { content, at: cloud().now(), keptMs: announcedMs(), ...heardNow(client) });
      return known && known.content !== content ? known.content : null;
    },
    sentAfterLook(client: number, key: string): void {
      const known = keys.get(`${client} ${key}`);
      if (known) keys.set(`${client} ${key}`, { ...known, ...heardNow(client) });
    },
    heard(client: number, seconds: number): void {
      heard.set(client, [seconds * 1000, ...(heard.get(client) ?? [])].slice(0, 2));
    },
    /** The program must take the key for forgotten. Some minutes more are given: the round of requests may take that long. */
    isOutlived(client: number, key: string): boolean {
      const sent = keys.get(`${client} ${key}`);
      return sent !== undefined && cloud().now() - sent.knownFrom > Math.min(sent.heardMs, announcedMs()) + ROUND_MS;
    },
    /** The cloud tells a repeat by the key. */
    isKept(client: number, key: string): boolean {
      const sent = keys.get(`${client} ${key}`);
      return sent !== undefined && cloud().now() - sent.at < Math.min(sent.keptMs, announcedMs());
    },
  };
}
