/** One request that reached the sandbox, kept in memory for tests: what was asked, how often, and what came back. */
export type RequestRecord = {
  readonly at: string;
  readonly method: string;
  readonly target: string;
  readonly correlationId: string;
  readonly idempotencyKey: string | null;
  readonly ifMatch: string | null;
  /** The X-Mitel-App header. */
  readonly app: string | null;
  /** SHA-256 of the body, '' without one: a repeated request must repeat its bytes. */
  readonly bodyHash: string;
  /** The operations of a batch, each with its key and the hash of all of it: what is repeated in a batch must be the same in it. */
  readonly operations: readonly { readonly key: string; readonly hash: string }[];
  /** 0 when the connection was dropped. */
  readonly status: number;
  /** The kind of fault that hit it, '' for none. */
  readonly fault: string;
};

const KEPT = 20_000;

/** The last requests, oldest first, and how many there were in all. */
export function createRequestLog() {
  let entries: RequestRecord[] = [];
  let total = 0;
  return {
    add: (entry: RequestRecord): void => {
      total += 1;
      entries.push(entry);
      if (entries.length > 2 * KEPT) entries = entries.slice(-KEPT);
    },
    last: (): readonly RequestRecord[] => entries.slice(-KEPT),
    count: (): number => total,
    clear: (): void => {
      entries = [];
      total = 0;
    },
  };
}
