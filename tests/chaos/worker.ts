import { parseArgs } from 'node:util';
import type { LayerResult } from './layer.ts';
import { mutantOf } from './mutants/mutants.ts';
import { plant } from './mutants/plant.ts';

/** A process of its own for a share of the runs: `worker.ts --layer L2 --seed 1 --runs 100`. Speaks over its IPC channel. */
const { values } = parseArgs({
  options: {
    layer: { type: 'string', default: 'L2' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
    first: { type: 'string', default: '1' },
    stop: { type: 'boolean', default: false },
    mutant: { type: 'string' },
  },
});

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'result'; readonly result: LayerResult };

const tell = (message: WorkerMessage): void => void process.send?.(message);

// Before anything of the engine is loaded.
if (values.mutant !== undefined) plant(mutantOf(values.mutant));
const { LAYERS } = await import('./layers.ts');
const { GROUNDWORK } = await import('./layer-corpus.ts');
const layer = [...LAYERS, ...GROUNDWORK].find(({ name }) => name === values.layer);
if (!layer) throw new Error(`there is no layer ${values.layer}`);
const result = await layer.run({
  seed: Number(values.seed),
  runs: Number(values.runs),
  first: Number(values.first),
  stopAtFirst: values.stop,
  progress: (done) => tell({ kind: 'progress', done }),
});
tell({ kind: 'result', result });
process.disconnect();
