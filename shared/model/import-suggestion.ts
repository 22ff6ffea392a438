/** The repairs that the grid of an import offers (IMP-4). */
export const SUGGESTION_KINDS = [
  'add-domain',
  'correct-domain',
  'correct-role',
  'name-from-address',
  'drop-repeats',
  'update-existing',
  /** What the cleaning of a cell was not sure enough of; `detail` is the code of its issue. */
  'take-meant',
] as const;

/** One repair: `detail` is what it puts there, `wrong` what it replaces. */
export type Suggestion = {
  readonly kind: (typeof SUGGESTION_KINDS)[number];
  readonly detail: string;
  readonly wrong: string;
};

export type CountedSuggestion = Suggestion & { readonly rowCount: number };
