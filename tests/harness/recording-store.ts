import type { Statement } from 'better-sqlite3';
import type { Store, StoreName } from '../../electron/engine/database/store.ts';

export type Ran = { readonly source: string; readonly values: readonly unknown[] };

/** The same store; every statement that runs is written down with its values. */
export function recordingStore<K extends StoreName>(store: Store<K>, ran: Ran[]): Store<K> {
  const sql = new Proxy(store.sql, {
    get: (database, name) =>
      name === 'prepare' ? (source: string) => recording(database.prepare(source), source, ran) : bound(database, name),
  });
  return { ...store, sql };
}

function recording(statement: Statement, source: string, ran: Ran[]): Statement {
  const recorder: Statement = new Proxy(statement, {
    get(target, method) {
      if (method === 'pluck')
        return () => {
          target.pluck();
          return recorder;
        };
      const original = bound(target, method);
      if (!['all', 'get', 'run', 'iterate'].includes(String(method)) || typeof original !== 'function') return original;
      return (...values: unknown[]): unknown => {
        ran.push({ source, values });
        return original(...values);
      };
    },
  });
  return recorder;
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? value.bind(target) : value;
}
