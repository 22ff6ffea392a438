import type { Store, StoreName } from '../../electron/engine/database/store.ts';

export type Ran = { readonly source: string; readonly values: readonly unknown[] };

/** The same store; every statement that runs is written down with its values. */
export function recordingStore<K extends StoreName>(store: Store<K>, ran: Ran[]): Store<K> {
  const sql = new Proxy(store.sql, {
    get(database, name) {
      if (name !== 'prepare') return bound(database, name);
      return (source: string) =>
        new Proxy(database.prepare(source), {
          get(statement, method) {
            const original = bound(statement, method);
            if (!['all', 'get', 'run', 'iterate'].includes(String(method)) || typeof original !== 'function')
              return original;
            return (...values: unknown[]): unknown => {
              ran.push({ source, values });
              return original(...values);
            };
          },
        });
    },
  });
  return { ...store, sql };
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? value.bind(target) : value;
}
