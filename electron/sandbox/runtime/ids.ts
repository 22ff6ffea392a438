import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from './random.ts';

export type Ids = {
  /** A version 4 UUID. */
  uuid(): string;
  /** 256 bits for a URL: tokens and codes. */
  secret(): string;
};

/** Ids from the given generator, or from the operating system when there is none. */
export function createIds(random?: Random): Ids {
  if (!random) return { uuid: () => randomUUID(), secret: () => randomBytes(32).toString('base64url') };
  return {
    uuid: () => uuidFrom(random),
    secret: () =>
      Buffer.from(Uint32Array.from({ length: 8 }, () => Math.floor(random() * 4_294_967_296)).buffer).toString(
        'base64url',
      ),
  };
}

/** A version 4 UUID made of four numbers of the generator. */
export function uuidFrom(random: Random): string {
  const a = word(random);
  const b = word(random);
  const c = word(random);
  const variant = '89ab'[Math.floor(random() * 4)] ?? '8';
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${word(random)}`;
}

function word(random: Random): string {
  return Math.floor(random() * 4_294_967_296)
    .toString(16)
    .padStart(8, '0');
}
