/** One seeded bug (SYNC 4.4): a place in the source and what stands there instead. */
export type Mutant = {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** A second guard that has to go too, for the bug to be one. */
  readonly also?: { readonly file: string; readonly find: string; readonly replace: string };
  /** The layer that should see it first. */
  readonly expectedLayer: string;
};
