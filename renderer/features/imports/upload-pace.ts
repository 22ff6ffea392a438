/** IMP-8: the first rows alone, and no further after so many equal failures. */
export type Pace = { readonly canary: number; readonly stopAfter: number };

const CANARY_ROWS = 5;
const STOP_AFTER = 20;
/** For fewer rows the first ones are nearly all of them. */
const FEWEST_ROWS = 20;

export function paceOf(rows: number, isCareful: boolean): Pace {
  return { canary: isCareful && rows >= FEWEST_ROWS ? CANARY_ROWS : 0, stopAfter: isCareful ? STOP_AFTER : 0 };
}
