import type { FaultRule, SandboxSettings } from '../../../shared/cloud/sandbox-control.ts';
import { createRandom } from '../runtime/random.ts';

export type FaultPlan = {
  /** Waited before anything else. */
  readonly delayMs: number;
  /** What happens instead of or after the real answer; null: nothing. */
  readonly rule: FaultRule | null;
  /** The generator of all decisions, for those inside one request. */
  readonly random: () => number;
};

export type FaultPlanner = {
  plan(method: string, target: string): FaultPlan;
  /** Starts the decisions again from the seed of the settings. */
  restart(): void;
};

/** Decides the faults of each request with a seeded generator: same seed and same requests, same faults. */
export function createFaultPlanner(
  settings: () => SandboxSettings,
  keepRules: (faults: readonly FaultRule[]) => void,
): FaultPlanner {
  let random = createRandom(settings().seed);

  const hits = (rule: FaultRule, method: string, target: string): boolean => {
    if (rule.method !== '' && rule.method.toUpperCase() !== method) return false;
    if (!target.includes(rule.path)) return false;
    return rule.probability >= 1 || random() < rule.probability;
  };

  return {
    plan: (method, target) => {
      const { faults } = settings();
      const spent = new Set<FaultRule>();
      let delayMs = 0;
      let ending: FaultRule | null = null;
      for (const rule of faults) {
        if (!hits(rule, method, target)) continue;
        if (rule.times !== undefined) spent.add(rule);
        // Of a slow body it is the pause between two drips.
        if (rule.kind !== 'slow-body') delayMs += rule.delayMs;
        if (rule.kind === 'delay') continue;
        ending = rule;
        break;
      }
      if (spent.size > 0) keepRules(faults.flatMap((rule) => (spent.has(rule) ? oneLess(rule) : [rule])));
      return { delayMs, rule: ending, random };
    },
    restart: () => {
      random = createRandom(settings().seed);
    },
  };
}

function oneLess(rule: FaultRule): readonly FaultRule[] {
  const left = (rule.times ?? 1) - 1;
  return left > 0 ? [{ ...rule, times: left }] : [];
}
