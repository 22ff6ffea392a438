import { readFile, rm, writeFile } from 'node:fs/promises';
import { safeStorage } from 'electron';

/** One secret, sealed by the system's keychain, in a file that is useless elsewhere (SES-1). */
export type Secrets = {
  readonly hasKeychain: boolean;
  load(): Promise<string | null>;
  save(secret: string): Promise<void>;
  clear(): Promise<void>;
};

export function openSecrets(path: string): Secrets {
  const hasKeychain = isSealed();
  // Without a keychain Electron would "encrypt" with a key that everybody has. Then the sign-in lives as long as the program.
  let inMemory: string | null = null;
  return {
    hasKeychain,
    async load() {
      if (!hasKeychain) return inMemory;
      try {
        return await unseal(await readFile(path));
      } catch {
        // Absent, or sealed by another user of this computer: the person signs in again.
        return null;
      }
    },
    async save(secret) {
      if (hasKeychain) await writeFile(path, await seal(secret), { mode: 0o600 });
      else inMemory = secret;
    },
    async clear() {
      inMemory = null;
      await rm(path, { force: true });
    },
  };
}

function isSealed(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== 'linux') return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
}

/** The synchronous calls are deprecated in Electron 45; the fallback runtime has no others. */
async function seal(secret: string): Promise<Buffer> {
  return typeof safeStorage.encryptStringAsync === 'function'
    ? safeStorage.encryptStringAsync(secret)
    : safeStorage.encryptString(secret);
}

async function unseal(sealed: Buffer): Promise<string> {
  if (typeof safeStorage.decryptStringAsync !== 'function') return safeStorage.decryptString(sealed);
  return (await safeStorage.decryptStringAsync(sealed)).result;
}
