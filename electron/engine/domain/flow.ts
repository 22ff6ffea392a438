/** How many requests may be under way at once (SYNC 3.7): one more after 20 successes, half after a push-back, between 2 and 8. */
export type Flow = { readonly width: number; readonly successes: number };

export const FLOW_START: Flow = { width: 2, successes: 0 };
const NARROWEST = 2;
const WIDEST = 8;
const SUCCESSES_PER_STEP = 20;

export function widen({ width, successes }: Flow): Flow {
  if (successes + 1 < SUCCESSES_PER_STEP) return { width, successes: successes + 1 };
  return { width: Math.min(WIDEST, width + 1), successes: 0 };
}

export function narrow({ width }: Flow): Flow {
  return { width: Math.max(NARROWEST, Math.floor(width / 2)), successes: 0 };
}
