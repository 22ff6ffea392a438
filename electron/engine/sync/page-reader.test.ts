import { expect, test } from 'vitest';
import type { Answer } from '../remote/answer.ts';
import { nextIn } from './cloud.ts';
import { createPageReader } from './page-reader.ts';

/** Pages by path: what the head calls the next one, and what the whole answer does. */
type Book = Readonly<Record<string, { readonly head?: string; readonly whole?: string | null }>>;

function reading(book: Book, first: string) {
  const asked: string[] = [];
  const stopped: string[] = [];
  const outer = new AbortController();
  const get = async (path: string, signal: AbortSignal, onHead: (head: string) => void): Promise<Answer> => {
    asked.push(path);
    signal.addEventListener('abort', () => stopped.push(path));
    const { head, whole } = book[path] ?? {};
    if (head !== undefined) onHead(`{"count":3,"_links":{"next":"${head}"},"_embedded":{"items":[{"userId":"u`);
    await Promise.resolve();
    if (whole === undefined) return { kind: 'lost', reason: 'not-json', message: '' };
    const body = { _links: { next: whole }, _embedded: { items: [path] } };
    return { kind: 'ok', status: 200, body, correlationId: '', etag: null };
  };
  return { reader: createPageReader({ get, first, signal: outer.signal }), asked, stopped };
}

test('OFF-1: the page that the head names is asked for before the one it stands in has come', async () => {
  const { reader, asked, stopped } = reading(
    { a: { head: 'b', whole: 'b' }, b: { head: 'c', whole: 'c' }, c: { whole: null } },
    'a',
  );
  expect(asked).toEqual(['a']);
  expect(await reader.read()).toMatchObject({ page: { items: ['a'], next: 'b' } });
  // One ahead and no more, however far the heads have come.
  expect(asked).toEqual(['a', 'b']);
  expect(await reader.read()).toMatchObject({ page: { items: ['b'], next: 'c' } });
  expect(await reader.read()).toMatchObject({ page: { items: ['c'], next: null } });
  reader.close();
  expect(asked).toEqual(['a', 'b', 'c']);
  expect(stopped).toEqual([]);
});

test('OFF-1: the whole answer counts, not its head', async () => {
  const { reader, asked, stopped } = reading(
    { a: { head: 'x', whole: 'b' }, b: { head: 'y', whole: null }, x: { whole: null }, y: { whole: null } },
    'a',
  );
  expect(await reader.read()).toMatchObject({ page: { next: 'b' } });
  expect(await reader.read()).toMatchObject({ page: { items: ['b'], next: null } });
  expect(asked).toEqual(['a', 'x', 'b', 'y']);
  expect(stopped).toEqual(['x', 'y']);
});

test('OFF-1 L13: behind a page that never came whole nothing is fetched', async () => {
  const { reader, stopped } = reading({ a: { head: 'b' }, b: { whole: null } }, 'a');
  expect(await reader.read()).toMatchObject({ answer: { kind: 'lost' }, page: null });
  expect(stopped).toEqual(['b']);
});

test('OFF-1: what was asked for ahead is broken off when nobody reads on', async () => {
  const { reader, stopped } = reading({ a: { head: 'b', whole: 'b' }, b: { whole: null } }, 'a');
  await reader.read();
  reader.close();
  expect(stopped).toEqual(['b']);
});

test.each([
  ['{"count":300,"_links":{"self":"/a","next":"/b?$skiptoken=1"},"_embedded":{"items":[{"us', '/b?$skiptoken=1'],
  ['{ "count" : 300 , "isWhole": true, "_links" : { "next" : "/b" } , "_emb', '/b'],
  ['{"_links":{"next":"/b\\u0026c"},', '/b&c'],
  ['{"count":300,"_links":{"self":"/a"},"_embedded"', null],
  ['{"count":300,"_links":{"self":"/a","next":null},"_embedded"', null],
  ['{"count":300,"_links":{"self":"/a","next":"/b', null],
  ['{"_embedded":{"items":[{"_links":{"next":"/evil"}}]}', null],
  ['{"title":"_links","x":[{"_links":{"next":"/evil"}', null],
  ['{"_links":{"next":{"href":"/b"}},', null],
  ['<html>"_links":{"next":"/b"}', null],
  ['', null],
])('OFF-1: of a page that begins %j the next one is %j', (head, next) => {
  expect(nextIn(head)).toBe(next);
});
