import { FilterError, type Filter } from '../database/filter-sql.ts';
import type { SandboxContext } from '../context.ts';
import { Refused, type Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { parseFilter } from './filter.ts';

const DEFAULT_TOP = 100;

type PageRequest = {
  readonly filter: Filter | null;
  readonly top: number;
  readonly skip: number;
  /** The position of the last entry of the page before, 0 for the first page. */
  readonly after: number;
  /** Known from the first page on. */
  readonly total: number | null;
};

/** Reads $filter, $top, $skip and the opaque $skiptoken of `_links.next`. */
export function pageRequest(context: SandboxContext, request: ApiRequest): PageRequest {
  const { query } = request;
  const pageSize = context.capabilities().pageSize;
  const filter = query.get('$filter');
  const token = query.get('$skiptoken');
  const [after, total] = token === null ? [0, null] : readSkipToken(token);
  return {
    filter: filter === null || filter.trim() === '' ? null : parseFilter(filter),
    top: Math.min(count(query, '$top') ?? DEFAULT_TOP, pageSize),
    skip: count(query, '$skip') ?? 0,
    after,
    total,
  };
}

/** `{count, _links, _embedded}`; `count` is the number of all matching entries. `records` may hold one more than a page. */
export function collectionAnswer<T extends { readonly position: number }>(
  context: SandboxContext,
  request: ApiRequest,
  page: {
    readonly asked: PageRequest;
    readonly total: number;
    readonly records: readonly T[];
    readonly body: (record: T) => unknown;
  },
): Answer {
  const { asked, total } = page;
  const shown = page.records.slice(0, asked.top);
  const last = shown.at(-1);
  const links: Record<string, string> = { self: `${context.url()}${request.target}` };
  if (last && page.records.length > shown.length) {
    const next = new URL(links['self'] ?? '');
    next.searchParams.delete('$skip');
    next.searchParams.set('$top', String(asked.top));
    next.searchParams.set('$skiptoken', skipToken(last.position, total));
    links['next'] = next.href.replaceAll('%24', '$');
  }
  const embedded = shown.length === 0 ? {} : { _embedded: { items: shown.map(page.body) } };
  return { status: 200, body: { count: total, _links: links, ...embedded } };
}

/** Turns a field or value the filter does not know into a refusal. */
export function withFilterErrors<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof FilterError) throw new Refused(400, error.message);
    throw error;
  }
}

function count(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  if (!/^\d{1,9}$/u.test(text)) throw new Refused(400, `${name} must be a whole number that is not negative.`);
  return Number(text);
}

function skipToken(position: number, total: number): string {
  return Buffer.from(`${position}.${total}`).toString('base64url');
}

function readSkipToken(token: string): [number, number] {
  const match = /^(\d{1,15})\.(\d{1,15})$/u.exec(Buffer.from(token, 'base64url').toString('latin1'));
  if (!match) throw new Refused(400, 'The $skiptoken is not one of this server. Start again with the first page.');
  return [Number(match[1]), Number(match[2])];
}
