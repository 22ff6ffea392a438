/** Where the sign-in is kept between starts: the system's keychain, or nowhere. Never SQLite, never a log (SES-1). */
export type TokenVault = {
  /** False when this computer has no keychain: then nothing outlives the program. */
  readonly isPersistent: boolean;
  load(): Promise<string | null>;
  save(secret: string): Promise<void>;
  clear(): Promise<void>;
};

export function createMemoryVault(): TokenVault {
  let kept: string | null = null;
  return {
    isPersistent: false,
    load: () => Promise.resolve(kept),
    save: (secret) => {
      kept = secret;
      return Promise.resolve();
    },
    clear: () => {
      kept = null;
      return Promise.resolve();
    },
  };
}
