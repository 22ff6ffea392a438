/** What may happen, and how often. */
export const WEIGHTS = [
  [560, 'move'],
  [90, 'time'],
  [80, 'edit user'],
  [30, 'add user'],
  [12, 'add account'],
  [24, 'edit account'],
  [16, 'undo'],
  [20, 'retry'],
  [10, 'offline'],
  [3, 'works elsewhere'],
  [10, 'sync now'],
  [14, 'upload'],
  [6, 'pause'],
  [6, 'open'],
  [50, 'portal edits'],
  [10, 'portal agrees'],
  [10, 'portal deletes'],
  [8, 'portal adds'],
  [14, 'power cut'],
  [12, 'power cut soon'],
  [12, 'clock jumps'],
  [4, 'sleep'],
  [8, 'tokens expire'],
  [3, 'sign-in ends'],
  [8, 'change tokens expire'],
  [12, 'blind listing'],
  [3, 'capabilities change'],
  [9, 'somebody else signs in'],
  [14, 'delete user'],
  [16, 'resolve'],
  [8, 'drop field'],
  [8, 'move change'],
  [3, 'pin'],
  [10, 'welcome user'],
] as const;
export type StepKind = (typeof WEIGHTS)[number][1];

/**
 * Some faults need several rare things at once: four histories of ten look closer at one kind of trouble, the others have everything in
 * its place. A focus multiplies weights and chooses what such a history starts with.
 */
export type Focus = {
  readonly name: string;
  readonly weights: Partial<Record<StepKind, number>>;
  /** Places in the list of modes; all when absent. */
  readonly modes?: readonly number[];
  readonly roughness?: number;
  readonly userCounts?: readonly number[];
  readonly sharedShare?: number;
  readonly ending?: 'now' | 'wait';
};

export const FOCUSES: readonly Focus[] = [
  {
    name: 'power',
    weights: { 'power cut soon': 10, 'add user': 4, 'portal edits': 2, upload: 2, 'add account': 2 },
  },
  {
    name: 'one record',
    weights: { 'edit user': 2, 'portal agrees': 6, 'portal edits': 2, undo: 2, 'drop field': 4, resolve: 2 },
    userCounts: [1, 2],
  },
  {
    name: 'keys end',
    weights: { 'works elsewhere': 14, 'add user': 3, upload: 2, 'clock jumps': 0 },
    modes: [2, 7],
    roughness: 0.35,
  },
  { name: 'names', weights: { 'portal adds': 12, 'add user': 5, 'portal edits': 2 }, sharedShare: 0.85 },
  { name: 'people', weights: { 'somebody else signs in': 12, 'edit user': 2, upload: 2 } },
  {
    name: 'clocks',
    weights: { 'clock jumps': 10, 'sync now': 0, 'somebody else signs in': 0, sleep: 0 },
    roughness: 0.35,
    ending: 'wait',
  },
  {
    name: 'hidden rows',
    weights: { 'blind listing': 8, 'change tokens expire': 8, time: 2 },
    userCounts: [30],
  },
  {
    name: 'new accounts',
    weights: { 'add account': 8, 'portal adds': 12, 'blind listing': 8, 'edit user': 0.3 },
    userCounts: [1, 4],
    roughness: 0.04,
  },
  { name: 'late pages', weights: { 'edit user': 2, 'portal edits': 2, time: 2 }, modes: [3, 6, 9] },
];
