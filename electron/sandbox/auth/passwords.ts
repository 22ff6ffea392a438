import { createHash, scryptSync, timingSafeEqual } from 'node:crypto';

// Public demo passwords: the low cost only keeps the plain text out of the file.
const SCRYPT = { N: 1024, r: 8, p: 1 } as const;

/** The stored form of a password. */
export function hashPassword(password: string, salt: string): string {
  return scryptSync(password, salt, 32, SCRYPT).toString('hex');
}

export type PasswordCheck = (password: string, stored: { readonly salt: string; readonly hash: string }) => boolean;

/** Compares passwords with stored hashes; a password that was right once is not stretched again. */
export function createPasswordCheck(): PasswordCheck {
  const verified = new Set<string>();
  return (password, stored) => {
    const key = `${stored.hash}:${sha256(password)}`;
    if (verified.has(key)) return true;
    const isRight = timingSafeEqual(Buffer.from(hashPassword(password, stored.salt)), Buffer.from(stored.hash));
    if (isRight) verified.add(key);
    return isRight;
  };
}

/** How tokens and codes are kept: a copy of the file lets nobody in. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
