import { expect, it } from 'vitest';
import type { Job } from '../../shared/model/job.ts';
import { jobProgress, jobReason } from './activity-text.ts';

const job = { kind: 'import-send', reason: '', detail: '' } as Job;

it.each(['waits-for-network', 'waits-for-sign-in', 'interrupted', 'import.damaged'])(
  'SHL-5: the reason %s of a job is a sentence',
  (reason) => {
    expect(jobReason({ ...job, reason })).toMatch(/^[A-Z].*[a-z]\.$/u);
    expect(jobReason({ ...job, reason })).not.toContain('gives the reason');
  },
);

it('SHL-5: an interrupted reading has to be begun again by the person, a sync does so by itself', () => {
  expect(jobReason({ ...job, kind: 'import-read', reason: 'interrupted' })).toContain('Upload the file again');
  expect(jobReason({ ...job, kind: 'sync-users', reason: 'interrupted' })).toContain('by itself');
});

it('SHL-5: progress says what is counted', () => {
  const base = { ...job, rate: null, etaSeconds: null };
  expect([
    jobProgress({ ...base, doneCount: 3, totalCount: 8 }),
    jobProgress({ ...base, kind: 'import-read', doneCount: 1, totalCount: null }),
    jobProgress({ ...base, kind: 'import-read', doneCount: 0, totalCount: null }),
  ]).toEqual(['3 of 8 users', '1 row', '']);
});
