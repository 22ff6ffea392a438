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
