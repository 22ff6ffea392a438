import { createSecretRepository } from '../database/secret-repository.ts';
import type { Store, Tx } from '../database/store.ts';
import type { SecretBox } from '../runtime/secret-box.ts';

export type TakenSecret =
  | { readonly kind: 'text'; readonly text: string }
  /** Was never kept beyond the program's end, for want of a keychain: the change waits until it is entered again. */
  | { readonly kind: 'missing' }
  /** Is there and cannot be opened on this computer any more. */
  | { readonly kind: 'unreadable' };

/** The secrets of queued changes (L17, I12): sealed in the journal until the cloud has them, never in a patch, the history or a log. */
export type Secrets = {
  /** Within the transaction that queues the change. `session-only`: nothing was written, it lives as long as the program. */
  put(tx: Tx<'journal'>, lid: string, field: string, text: string): 'kept' | 'session-only';
  take(lid: string, field: string): TakenSecret;
  /** Within the transaction that takes the change off the queue. */
  shred(tx: Tx<'journal'>, lid: string): void;
};

/** `tenant` is bound into each seal, with record and field. */
export function createSecrets(journal: Store<'journal'>, box: SecretBox, tenant: string): Secrets {
  const rows = createSecretRepository(journal);
  const inMemory = new Map<string, Map<string, string>>();
  const placeOf = (lid: string, field: string): string => `${tenant}|${lid}|${field}`;
  return {
    put(tx, lid, field, text) {
      const sealed = box.seal(text, placeOf(lid, field));
      if (sealed) {
        rows.put(tx, lid, field, sealed);
        inMemory.get(lid)?.delete(field);
        return 'kept';
      }
      const fields = inMemory.get(lid) ?? new Map<string, string>();
      inMemory.set(lid, fields.set(field, text));
      return 'session-only';
    },
    take(lid, field) {
      const held = inMemory.get(lid)?.get(field);
      if (held !== undefined) return { kind: 'text', text: held };
      const sealed = rows.get(lid, field);
      if (!sealed) return { kind: 'missing' };
      const text = box.open(sealed, placeOf(lid, field));
      return text === null ? { kind: 'unreadable' } : { kind: 'text', text };
    },
    shred(tx, lid) {
      inMemory.delete(lid);
      rows.remove(tx, lid);
    },
  };
}
