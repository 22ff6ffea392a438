import type { Clock } from './clock.ts';

/** Makes UUIDv7: increasing with time, so that new rows land at the end of an index. */
export type Identifiers = { next(): string };

export function createIdentifiers(clock: Clock, randomBytes: (count: number) => Uint8Array): Identifiers {
  let lastTime = 0;
  let counter = 0;
  return {
    next() {
      const now = clock.now();
      // The counter keeps ids of one millisecond in order and survives a clock that goes backwards.
      if (now > lastTime) {
        lastTime = now;
        counter = 0;
      } else {
        counter += 1;
        if (counter > 0xfff) {
          lastTime += 1;
          counter = 0;
        }
      }
      const random = Buffer.from(randomBytes(8)).toString('hex');
      const time = lastTime.toString(16).padStart(12, '0');
      const variant = ((Number.parseInt(random.slice(0, 1), 16) & 0x3) | 0x8).toString(16);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
    },
  };
}
