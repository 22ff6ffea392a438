/** The one that a number in [0, 1) chooses. */
export function pick<T>(from: readonly T[], choice: number): T | undefined {
  return from[Math.floor(choice * from.length)];
}
