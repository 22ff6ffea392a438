import { totalOf } from '../../../shared/model/assignables.ts';
import { LICENSES, type Seats } from '../../../shared/model/license.ts';
import type { Repositories } from './repositories.ts';

/** BIL-3: the licenses that an account has or its users have, in the order of the list. */
export function seatsOf({ accounts, users }: Pick<Repositories, 'accounts' | 'users'>, lid: string): readonly Seats[] {
  const account = accounts.get(lid);
  const home = accounts.key(lid);
  if (!account || !home) return [];
  const licensed = users.licensed(home.rowid);
  return LICENSES.flatMap((license) => {
    const total = totalOf(account.assignables, license);
    const assigned = licensed.get(license) ?? 0;
    return total + assigned === 0 ? [] : [{ license, total, assigned }];
  });
}
