import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openStore } from '../../electron/engine/database/store.ts';
import { aFolder } from '../harness/start-engine.ts';

function open() {
  const path = join(aFolder(), 'cache.db');
  const store = openStore('cache', path, []);
  store.sql.exec('CREATE TABLE t (v)');
  const insert = store.sql.prepare('INSERT INTO t VALUES (?)');
  const other = new Database(path, { readonly: true });
  const read = (sql: Database.Database): unknown => sql.prepare('SELECT v FROM t ORDER BY v').pluck().all();
  const close = (): void => {
    store.close();
    other.close();
  };
  return { store, add: (value: number) => void insert.run(value), committed: () => read(other), close };
}

test('OFF-2 L13: slices that stay open are committed together, or by the next write of another kind', () => {
  const { store, add, committed, close } = open();
  store.write(() => add(1), 'stay-open');
  store.write(() => add(2), 'stay-open');
  expect(committed()).toEqual([]);
  store.settle();
  expect(committed()).toEqual([1, 2]);
  store.write(() => add(3), 'stay-open');
  store.write(() => add(4));
  expect(committed()).toEqual([1, 2, 3, 4]);
  close();
});

test('OFF-2 L13: a write that fails takes with it what stayed open for its kind, and nothing of another kind', () => {
  const { store, add, committed, close } = open();
  const fail = (): never => {
    add(9);
    throw new Error('no');
  };
  store.write(() => add(1), 'stay-open');
  expect(() => store.write(fail)).toThrow('no');
  expect(committed()).toEqual([1]);
  store.write(() => add(2), 'stay-open');
  expect(() => store.write(fail, 'stay-open')).toThrow('no');
  store.settle();
  expect(committed()).toEqual([1]);
  expect(() => store.write(() => store.write(() => add(3)))).toThrow(/within a write/u);
  store.write(() => add(5));
  expect(committed()).toEqual([1, 5]);
  close();
});
