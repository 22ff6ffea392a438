/** One seeded bug (SYNC 4.4): a place in the source and what stands there instead. */
export type Mutant = {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The layer that should see it first. */
  readonly expectedLayer: string;
};
