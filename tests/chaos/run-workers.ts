import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LayerResult } from './layer.ts';
import type { WorkerMessage } from './worker.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

export type Share = {
  readonly layer: string;
  readonly seed: number;
  readonly runs: number;
  readonly first?: number;
  readonly stopAtFirst?: boolean;
  readonly mutant?: string;
  readonly progress?: (done: number) => void;
  readonly signal?: AbortSignal;
};

/** Runs one share in a process of its own. A worker that dies has found something too. */
export function runWorker(share: Share): Promise<LayerResult> {
  const { layer, seed, runs, first = 1, stopAtFirst = false, mutant, progress, signal } = share;
  const options = ['--layer', layer, '--seed', String(seed), '--runs', String(runs), '--first', String(first)];
  const more = [...(stopAtFirst ? ['--stop'] : []), ...(mutant === undefined ? [] : ['--mutant', mutant])];
  const child = fork(WORKER, [...options, ...more], {
    execPath: process.env['FIELDLINK_NODE'] ?? process.execPath,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(signal ? { signal } : {}),
  });
  return new Promise((resolve) => {
    let done = 0;
    let last: LayerResult | null = null;
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(-4000)));
    child.on('message', (message) => {
      const said = message as WorkerMessage;
      if (said.kind === 'result') last = said.result;
      else {
        ({ done } = said);
        progress?.(done);
      }
    });
    child.on('error', () => undefined);
    child.on('close', () => {
      if (last || signal?.aborted) return resolve(last ?? { runs: done, counts: {}, violations: [] });
      const what = `the process ended in run ${done + 1}`;
      const trace = complaint.split('\n');
      resolve({ runs: done, counts: {}, violations: [{ invariant: 'fault', seed, run: done + 1, what, trace }] });
    });
  });
}

/** Shares the runs among several processes, each with a seed of its own. */
export async function runLayer(whole: Share & { readonly jobs: number }): Promise<LayerResult> {
  const { jobs, runs, seed, progress } = whole;
  const count = Math.max(1, Math.min(jobs, runs));
  const done = Array.from({ length: count }, () => 0);
  const results = await Promise.all(
    done.map((_, index) =>
      runWorker({
        ...whole,
        seed: seed + index,
        runs: Math.floor(runs / count) + (index < runs % count ? 1 : 0),
        progress: (of) => {
          done[index] = of;
          progress?.(done.reduce((sum, one) => sum + one, 0));
        },
      }),
    ),
  );
  const counts: Record<string, number> = {};
  for (const result of results)
    for (const [name, value] of Object.entries(result.counts)) counts[name] = (counts[name] ?? 0) + value;
  return {
    runs: results.reduce((sum, result) => sum + result.runs, 0),
    counts,
    violations: results.flatMap(({ violations }) => violations),
  };
}
