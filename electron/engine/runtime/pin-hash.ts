import { scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What is kept of a PIN. The cost is kept with it, so that a later version can raise it. */
export const pinHash = z.object({ salt: z.string(), hash: z.string(), cost: z.int().positive() });
export type PinHash = z.output<typeof pinHash>;

/** 32 MB and about a tenth of a second a try. */
const COST = 2 ** 15;
const BYTES = 32;
const BLOCK = 8;

export async function hashPin(pin: string, salt: Uint8Array): Promise<PinHash> {
  const hash = await derive(pin, Buffer.from(salt), COST);
  return { salt: Buffer.from(salt).toString('base64'), hash: hash.toString('base64'), cost: COST };
}

export async function isPin(pin: string, kept: PinHash): Promise<boolean> {
  const hash = Buffer.from(kept.hash, 'base64');
  const tried = await derive(pin, Buffer.from(kept.salt, 'base64'), kept.cost);
  return tried.length === hash.length && timingSafeEqual(tried, hash);
}

/** 4 to 12 digits, or a passphrase. */
export function isPinAllowed(pin: string): boolean {
  return /^\d+$/u.test(pin) ? pin.length >= 4 && pin.length <= 12 : pin.length >= 8 && pin.length <= 128;
}

function derive(pin: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Two keyboards may write the same letter in two ways.
    scrypt(pin.normalize('NFKC'), salt, BYTES, { N: cost, r: BLOCK, p: 1, maxmem: 256 * cost * BLOCK }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
