import { create } from 'zustand';

export type TypedValue = string | string[];
export type GroupDecision = {
  readonly choice: 'mine' | 'theirs' | 'edit';
  /** With `edit`: what was typed, by field. It stays when another choice is tried. */
  readonly values: Readonly<Record<string, TypedValue>>;
};
/** What the person has chosen so far, by group. */
export type Decisions = Readonly<Record<string, GroupDecision>>;

type Drafts = {
  readonly byConflict: Readonly<Record<string, Decisions>>;
  readonly chosen: (id: string, group: string, decision: GroupDecision) => void;
  readonly dropped: (id: string) => void;
};

/** Decisions that are not taken yet: whoever looks at the record first and comes back finds them as they were. */
export const useConflictDrafts = create<Drafts>((set) => ({
  byConflict: {},
  chosen: (id, group, decision) =>
    set(({ byConflict }) => ({ byConflict: { ...byConflict, [id]: { ...byConflict[id], [group]: decision } } })),
  dropped: (id) =>
    set(({ byConflict }) => ({
      byConflict: Object.fromEntries(Object.entries(byConflict).filter(([other]) => other !== id)),
    })),
}));
