import type { Engine } from '../../../electron/engine/engine.ts';
import type { AppClient } from '../../../shared/contract/contract.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { anAccountOf, aUserOf } from '../../harness/builders.ts';
import { queueUpload } from '../../harness/queue-upload-in.ts';
import type { Diary } from './diary.ts';

export type Person = {
  add(): Promise<void>;
  /** A new customer and somebody who works there. */
  addCustomer(): Promise<void>;
  /** Changes the number of somebody on the screen, as it is on the screen. */
  edit(): Promise<void>;
  /** Somebody else changed the same: gives way or insists. */
  decide(): Promise<void>;
  upload(): Promise<void>;
};

export type PersonSetup = {
  readonly engine: Engine;
  readonly client: AppClient;
  readonly diary: Diary;
  /** Makes names and numbers of this person and life unlike all others; below 100,000. */
  readonly code: number;
  readonly random: () => number;
  /** The customer all work for. */
  readonly home: AccountId;
  /** Whose numbers this person may change. */
  readonly mayEdit: (email: string) => boolean;
};

const ON_THE_SCREEN = 14;

/** Somebody at a console. Everything is written into the diary before it is asked, and again when the engine said it is kept. */
export function createPerson(setup: PersonSetup): Person {
  const { engine, client, diary, code, random, home, mayEdit } = setup;
  let number = 0;
  const next = (): number => (number += 1);

  async function addTo(accountId: AccountId, customer: string): Promise<void> {
    const fields = aUserOf(`u${code}x${next()}`);
    const n = diary.ask({ kind: 'add', email: fields.email, customer });
    const added = await client.users.add({ accountId, fields });
    if (added.ok) diary.done(n);
  }

  return {
    add: () => addTo(home, ''),
    async addCustomer() {
      const name = `Customer ${code} ${next()}`;
      const n = diary.ask({ kind: 'customer', name });
      const added = await client.accounts.add({ fields: anAccountOf(name) });
      if (!added.ok) return;
      diary.done(n);
      await addTo(added.value.id, name);
    },
    async edit() {
      const { rows } = await client.users.page({ accountId: home, limit: ON_THE_SCREEN });
      const id = rows[Math.floor(random() * rows.length)]?.id;
      const user = id && (await client.users.get({ id }));
      if (!user || user.email.endsWith('@upload.example') || !mayEdit(user.email)) return;
      const value = `+1555${String(code).padStart(5, '0')}${String(next()).padStart(3, '0')}`;
      const n = diary.ask({ kind: 'edit', email: user.email, value, seen: user.mobile });
      const edited = await client.users.edit({ id, changes: { mobile: value }, seen: { mobile: user.mobile } });
      if (edited.ok) diary.done(n);
    },
    async decide() {
      const { changes } = await client.outbox.list({ accountId: null });
      const conflict = changes.find(({ state, kind }) => state === 'conflict' && kind === 'patch');
      const user = conflict && (await client.users.get({ id: conflict.entityId }));
      const base = conflict && engine.repositories.users.state(conflict.entityId)?.base;
      if (!user || !base) return;
      if (random() < 0.5) {
        const n = diary.ask({ kind: 'undo', email: user.email });
        const undone = await client.outbox.undo({ id: conflict.id, withDependants: false });
        if (undone.ok) diary.done(n);
        return;
      }
      const n = diary.ask({ kind: 'insist', email: user.email, seen: base.fields.mobile });
      const retried = await client.outbox.retry({ id: conflict.id });
      if (retried.ok) diary.done(n);
    },
    upload() {
      const count = 5 + Math.floor(random() * 20);
      const prefix = `up${code}x${next()}`;
      const emails = Array.from({ length: count }, (_, row) => `${prefix}.${row + 1}@upload.example`);
      const n = diary.ask({ kind: 'upload', emails });
      queueUpload(engine, { accountId: home, count, prefix });
      diary.done(n);
      return Promise.resolve();
    },
  };
}

/** The account of the demo; at the very first start it has to be fetched. */
export async function homeOf(client: AppClient): Promise<AccountId> {
  for (;;) {
    const { rows } = await client.accounts.list({ state: 'ACTIVE' });
    const home = rows.find(({ accountNumber }) => accountNumber === '100000002');
    if (home) return home.id;
    await pause(2);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
