import type { Pending } from '../../shared/model/pending.ts';

export const pendingLabels: Readonly<Record<NonNullable<Pending>, string>> = {
  new: 'New',
  changed: 'Changed',
  deleting: 'Deleting',
  attention: 'Needs attention',
};

export const pendingSentences: Readonly<Record<NonNullable<Pending>, string>> = {
  new: 'Created on this computer. The cloud gets it as soon as it can be reached.',
  changed: 'Changed on this computer. The change waits in the Outbox until the cloud has it.',
  deleting: 'Deleted on this computer. The cloud deletes it as soon as it can be reached.',
  attention: 'The cloud did not take a change. Open the Outbox to see why and what to do.',
};

export const notSent = 'Not sent yet:';
export const changedMeanwhile = 'Changed by someone meanwhile:';

/** Stands on the record itself, with the way to where it is decided. */
export const attentionText = {
  conflict: 'Somebody changed this in the cloud as well. Decide which values stay.',
  decide: 'Decide',
  refused: 'The cloud did not take a change of this record.',
  openOutbox: 'Open Outbox',
} as const;
