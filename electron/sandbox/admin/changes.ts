import type { SandboxContext } from '../context.ts';
import type { Tombstone } from '../database/records.ts';
import { Refused, type Answer } from '../http/answer.ts';
import { notFound, type ApiRequest } from '../http/api-request.ts';

const TOKEN_LIFE_MS = 7 * 86_400_000;

type Revised = { readonly rev: number };
type ChangeEntry = {
  readonly id: string;
  readonly deleted: boolean;
  readonly reason?: 'deleted';
  readonly body?: unknown;
};

type Feed<T extends Revised> = {
  /** What the token is good for: `accounts` or `users/<account id>`. */
  readonly scope: string;
  readonly changed: (since: number, limit: number) => readonly T[];
  readonly buried: (since: number, limit: number) => readonly Tombstone[];
  /** Null when this person may not see it. */
  readonly entry: (record: T) => { readonly id: string; readonly body: unknown } | null;
};

/** Ours: `changes?since=`. Without a token it answers the token to start from; with one, what changed since, oldest first. */
export function changesAnswer<T extends Revised>(context: SandboxContext, request: ApiRequest, feed: Feed<T>): Answer {
  const capabilities = context.capabilities();
  if (!capabilities.delta) throw notFound();
  const token = request.query.get('since') ?? '';
  const current = context.store.journal.rev();
  if (token === '')
    return { status: 200, body: { items: [], token: newToken(context, feed.scope, current), hasMore: false } };

  const since = readToken(context, feed.scope, token);
  const size = capabilities.pageSize;
  const entries = [
    ...feed.changed(since, size + 1).map((record) => ({ rev: record.rev, entry: visibleEntry(feed, record) })),
    ...feed
      .buried(since, size + 1)
      .map(({ rev, id }) => ({ rev, entry: { id, deleted: true, reason: 'deleted' } as ChangeEntry })),
  ].toSorted((a, b) => a.rev - b.rev);
  const page = entries.slice(0, size);
  const hasMore = entries.length > page.length;
  const reached = hasMore ? (page.at(-1)?.rev ?? since) : current;
  const items = page.flatMap(({ entry }) => entry ?? []);
  return { status: 200, body: { items, token: newToken(context, feed.scope, reached), hasMore } };
}

function visibleEntry<T extends Revised>(feed: Feed<T>, record: T): ChangeEntry | null {
  const entry = feed.entry(record);
  return entry && { id: entry.id, deleted: false, body: entry.body };
}

function newToken(context: SandboxContext, scope: string, rev: number): string {
  return Buffer.from(JSON.stringify([context.store.generation(), scope, rev, context.now()])).toString('base64url');
}

function readToken(context: SandboxContext, scope: string, token: string): number {
  const [generation, tokenScope, rev, issuedAt] = parts(token);
  const isKnown = generation === context.store.generation() && tokenScope === scope && typeof rev === 'number';
  const isFresh = typeof issuedAt === 'number' && issuedAt + TOKEN_LIFE_MS > context.now();
  if (isKnown && isFresh && rev <= context.store.journal.rev()) return rev;
  throw new Refused(
    410,
    'This change token has expired or is not known. Read everything again and start with a new token.',
  );
}

function parts(token: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
