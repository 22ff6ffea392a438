import { CLEAR_TOKEN } from '../../../shared/model/import-row.ts';
import type { LicenseFields } from '../../../shared/model/license.ts';
import type { NeededSeats } from '../../../shared/model/user-group.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import { storedValue } from '../domain/import-plan.ts';
import { SLICE_ROWS, type DraftOf } from './draft-context.ts';
import { createSeatTally } from './license-users.ts';
import type { UploadContext } from './upload-draft.ts';

/** How many licenses the rows that would be sent now need (IMP-11), beside those that the account has and uses. */
export async function draftSeats(context: UploadContext, draft: DraftOf): Promise<readonly NeededSeats[]> {
  const { orders, rows, rules, repositories, breathe } = context;
  const choices = rules.choices(draft.accountLid);
  const tally = createSeatTally();
  const after = (row: PreviewRow, field: keyof LicenseFields, before: string): string => {
    const cell = row.values[field];
    if (cell === '') return before;
    return cell === CLEAR_TOKEN ? '' : (storedValue(field, cell, choices) ?? before);
  };
  const rowIds = (await orders.of(draft.staging)).rowIds('ready').slice();
  for (let at = 0; at < rowIds.length; at += SLICE_ROWS) {
    for (const row of rows.many(draft.staging, rowIds.subarray(at, at + SLICE_ROWS))) {
      if (row.values.mitelOne === '' && row.values.miteamMeetings === '') continue;
      if (row.action !== 'create' && row.action !== 'change') continue;
      const user = row.target === '' ? null : repositories.users.get(row.target);
      const before = { mitelOne: user?.mitelOne ?? '', miteamMeetings: user?.miteamMeetings ?? '' };
      const mitelOne = after(row, 'mitelOne', before.mitelOne);
      tally.add(before, { mitelOne, miteamMeetings: after(row, 'miteamMeetings', before.miteamMeetings) });
    }
    await breathe();
  }
  return tally.seats(repositories, draft.accountLid);
}
