import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { TokenVault } from './token-vault.ts';

export type Sealed = { readonly nonce: Uint8Array; readonly ct: Uint8Array; readonly keyId: string };

/** Seals texts with a key that only the system's keychain holds. */
export type SecretBox = {
  /** Loads the key, or makes one. Until then, and without a keychain, nothing can be sealed. */
  unlock(): Promise<void>;
  /** Null without a keychain: then the text must not reach the disk. */
  seal(text: string, place: string): Sealed | null;
  /** Null when it was sealed with another key, for another place, or changed since. */
  open(sealed: Sealed, place: string): string | null;
  /** Drops the key: what it sealed is unreadable from now on. */
  forget(): void;
};

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM; `place` is bound into the seal, so that a row moved elsewhere does not open (SYNC 3.12). */
export function createSecretBox(vault: TokenVault, randomBytes: (count: number) => Uint8Array): SecretBox {
  let key: Buffer | null = null;
  let keyId = '';

  function take(next: Buffer): void {
    key = next;
    keyId = createHash('sha256').update(next).digest('hex').slice(0, 16);
  }

  return {
    forget() {
      key?.fill(0);
      key = null;
      keyId = '';
    },
    async unlock() {
      if (!vault.isPersistent || key) return;
      const stored = await vault.load();
      const known = stored === null ? null : Buffer.from(stored, 'base64');
      if (known?.length === KEY_BYTES) {
        take(known);
        return;
      }
      const made = Buffer.from(randomBytes(KEY_BYTES));
      // Kept before it is used: what is sealed with a key that is then lost cannot be sent.
      await vault.save(made.toString('base64'));
      take(made);
    },
    seal(text, place) {
      if (!key) return null;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
      const ct = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return { nonce, ct, keyId };
    },
    open(sealed, place) {
      if (!key || sealed.keyId !== keyId || sealed.ct.length < TAG_BYTES) return null;
      const ct = Buffer.from(sealed.ct);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce).setAAD(Buffer.from(place));
        decipher.setAuthTag(ct.subarray(-TAG_BYTES));
        return decipher.update(ct.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return null;
      }
    },
  };
}
