import type { Plan } from './plan.ts';

/**
 * Leaves out steps for as long as the same promise stays broken, in ever smaller pieces, so that a person can read what is left.
 * `tries` bounds the work.
 */
export async function shrinkPlan(
  plan: Plan,
  isStillBroken: (smaller: Plan) => Promise<boolean>,
  tries = 200,
): Promise<Plan> {
  let best = plan;
  let left = tries;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1 && left > 0; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.steps.length && left > 0;) {
      const smaller = { ...best, steps: [...best.steps.slice(0, at), ...best.steps.slice(at + size)] };
      left -= 1;
      if (await isStillBroken(smaller)) best = smaller;
      else at += size;
    }
  }
  return best;
}
