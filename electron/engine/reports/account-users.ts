import type { User } from '../../../shared/model/user.ts';
import type { UserRepository } from '../database/user-repository.ts';
import { turn } from '../runtime/turn.ts';

const PAGE = 200;

/** All users of an account in list order, a page at a time, so that queries of screens pass between the pages. */
export async function* accountUsers(users: UserRepository, account: number): AsyncGenerator<User, void> {
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = users.page(account, '', { offset, limit: PAGE });
    for (const { id } of rows) {
      const user = users.get(id);
      if (user) yield user;
    }
    if (rows.length < PAGE) return;
    await turn();
  }
}
