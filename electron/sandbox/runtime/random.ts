/** Numbers in [0, 1). */
export type Random = () => number;

/** A small seeded generator (sfc32): the same seed gives the same numbers on every machine. */
export function createRandom(seed: number): Random {
  let a = seed | 0;
  let b = Math.trunc(seed / 4_294_967_296) ^ 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 15; round += 1) next();
  return next;
}

/** One of the values. */
export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}
