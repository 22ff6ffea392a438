import { must } from '../../../shared/lib/must.ts';
import { DEMO_ADMIN } from '../../../shared/cloud/sandbox-control.ts';
import type { Sandbox } from '../../../electron/sandbox/sandbox.ts';
import type { Deed } from './deed.ts';
import type { Finding } from './judge.ts';

export type Portal = {
  readonly home: string;
  /** People who are there before anybody works. */
  settle(count: number): void;
  /** Somebody else changes somebody: the extension, or with `mobile` sometimes the number too. */
  edit(mobile: boolean): void;
  /** I3 from the other side: what the portal wrote is there, unless somebody who saw it wrote over it. */
  judge(deeds: readonly Deed[]): readonly Finding[];
};

/** Somebody else at the cloud's own portal. Numbers begin with +44, so that everybody's are told apart. */
export function createPortal(sandbox: Sandbox, random: () => number): Portal {
  const account = sandbox.oracle.accounts().find((one) => one['accountNumber'] === DEMO_ADMIN.accountNumber);
  const home = String(must(account, 'the account of the demo')['accountId']);
  const extensions = new Map<string, string>();
  let n = 0;

  function replace(id: string, body: Record<string, unknown>): boolean {
    const [answer] = sandbox.oracle.apply(home, [{ op: 'replace', id, body }]);
    return (answer?.statusCode ?? 500) < 300;
  }

  return {
    home,
    settle(count) {
      for (let index = 0; index < count; index += 1) {
        const email = `a${index}.settled@harbour.example`;
        const body = { firstName: `A${index}`, lastName: 'Settled', email, role: 'USER' };
        sandbox.oracle.apply(home, [{ op: 'add', body }]);
      }
    },
    edit(mobile) {
      const users = sandbox.oracle.users(home).slice(0, 16);
      const user = users[Math.floor(random() * users.length)];
      if (!user) return;
      n += 1;
      const id = String(user['userId']);
      if (mobile && random() < 0.4) {
        replace(id, { mobile: `+447700${String(n).padStart(6, '0')}` });
        return;
      }
      const extension = String(100_000 + n);
      if (replace(id, { extension })) extensions.set(id, extension);
    },
    judge() {
      const users = new Map(sandbox.oracle.users(home).map((user) => [String(user['userId']), user]));
      return [...extensions].flatMap(([id, extension]) =>
        String(users.get(id)?.['extension']) === extension
          ? []
          : [{ invariant: 'I3', what: `the portal's extension ${extension} of ${id} is gone` }],
      );
    },
  };
}
