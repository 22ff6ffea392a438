/** One broken promise of SYNC 4.1, with all that is needed to see it again. */
export type Violation = {
  /** `I1` … `I15`, a law of the sync such as `L19`, or `fault` when the program itself reported an error. */
  readonly invariant: string;
  readonly seed: number;
  /** Which run of the layer, from 1. */
  readonly run: number;
  readonly what: string;
  /** The last steps before it, oldest first. */
  readonly trace: readonly string[];
};

export type LayerOptions = {
  readonly seed: number;
  /** How many runs of the layer's own unit: histories, kills, requests, files. */
  readonly runs: number;
  /** The run to begin with, to see one again; 1 when absent. A layer whose runs are not numbered ignores it. */
  readonly first?: number;
  /** Ends at the first violation: the mutation gate asks only whether a bug is seen. */
  readonly stopAtFirst: boolean;
  readonly progress: (done: number) => void;
};

export type LayerResult = {
  readonly runs: number;
  /** What was done and seen, for the report: requests, commits, kills, faults by kind. */
  readonly counts: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
};

/** One layer of SYNC 4.2. Every layer is a command of its own: `npm run chaos -- L2 --seed 7 --runs 5000`. */
export type Layer = {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** Sizes of SYNC 4.2. */
  readonly perCommit: number;
  readonly nightly: number;
  /** It starts processes of its own, so one worker is enough. */
  readonly hasOwnProcesses?: boolean;
  run(options: LayerOptions): Promise<LayerResult>;
};
