import { isoTime } from '../../../electron/engine/runtime/clock.ts';
import { entityOf } from '../../../electron/engine/sync/entities.ts';
import { ACCOUNT_FIELDS } from '../../../shared/model/account.ts';
import type { ChangeId, JobId } from '../../../shared/model/ids.ts';
import { USER_FIELDS } from '../../../shared/model/user.ts';
import { queueUpload } from '../../harness/queue-upload-in.ts';
import { isSame, type Fields } from './collections.ts';
import type { Intent, Intents, NewIntent } from './intents.ts';
import { createDecisions, type WishOf } from './person-decides.ts';
import { pick } from './pick.ts';
import type { Program } from './program.ts';
import type { RunRecord } from './record-of-run.ts';
import type { VirtualCloud } from './virtual-cloud.ts';

/** Numbers in [0, 1) that choose among what is there. */
export type Choice = readonly [number, number, number];

/** Uses one program as a person does: only through its contract, only on what the screen shows. */
export function createPersonAtWork(options: {
  readonly program: Program;
  readonly cloud: () => VirtualCloud;
  readonly intents: Intents;
  readonly run: RunRecord;
  /** How many of the addresses are such that others choose too. */
  readonly sharedShare: number;
}) {
  const { program, cloud, intents, run, sharedShare } = options;
  const client = program.index;
  const api = () => program.client();
  let serial = 0;

  const actor = (): string => program.engine()?.context.session.actor() ?? '';
  const note = (line: string): void => run.note(`c${client} person: ${line}`);
  /** False: the program ended under the person's hands. */
  const isAlive = (): boolean => program.engine() !== null;

  /** Runs a command; the wish stands before it, because a request may leave before the answer is read. */
  async function ask(
    wish: NewIntent,
    command: () => Promise<{ ok: boolean; value?: unknown }>,
  ): Promise<Intent | null> {
    const intent = intents.add(wish);
    try {
      const outcome = await command();
      if (!outcome.ok) {
        intents.withdraw(intent);
        return null;
      }
      const made = (outcome.value as { id?: string }).id;
      if (made !== undefined) intent.entity = made;
    } catch (error) {
      if (isAlive()) throw error;
      return null;
    }
    intent.isSure = true;
    run.count('changes');
    await afterwards(intent);
    return intent;
  }

  /** What the person sees right after: the change on the record and in the queue (I13). */
  async function afterwards(intent: Intent): Promise<void> {
    if (!isAlive()) return;
    const shown = await viewOf(intent.type, intent.entity);
    if (!shown) return run.fail('I13', `c${client} does not show ${intent.entity} after ${intent.kind}`);
    for (const [field, value] of Object.entries(intent.patch)) {
      if (!isSame(shown.fields[field], value))
        run.fail(
          'I13',
          `c${client} shows ${field}=${String(shown.fields[field])} after it was set to ${String(value)}`,
        );
    }
    intent.opId = (await changes()).findLast(({ entityId }) => entityId === intent.entity)?.id ?? null;
  }

  async function changes() {
    const listed = (await api().outbox.list({ accountId: null, limit: 200 })).changes;
    // The power may have gone before the person saw where in the queue a change stands.
    for (const intent of intents.all) {
      if (intent.client !== client || intent.opId !== null || intent.upload) continue;
      const wanted = Object.entries(intent.patch);
      const holding = listed.filter(
        ({ entityId, kind, fields }) =>
          entityId === intent.entity &&
          // A delete names no field: any change of its record would look like it.
          (kind === 'delete') === (intent.kind === 'delete') &&
          wanted.every(([name]) => fields.some(({ field }) => field === name)),
      );
      // Two edits of one field may wait, one behind the other, or one behind a create that names all fields: the value tells them apart.
      const says = ({ fields }: (typeof listed)[number]): boolean =>
        wanted.every(([name, value]) => fields.some(({ field, to }) => field === name && isSame(to, value)));
      intent.opId = (holding.findLast(says) ?? holding.at(-1))?.id ?? null;
    }
    return listed;
  }

  async function viewOf(type: 'account' | 'user', id: string): Promise<{ sid: string | null; fields: Fields } | null> {
    if (type === 'account') {
      const view = await api().accounts.get({ id: id });
      return (
        view && { sid: view.serverId, fields: Object.fromEntries(ACCOUNT_FIELDS.map((name) => [name, view[name]])) }
      );
    }
    const view = await api().users.get({ id: id });
    return view && { sid: view.serverId, fields: Object.fromEntries(USER_FIELDS.map((name) => [name, view[name]])) };
  }

  async function accounts() {
    return (await api().accounts.list({ state: 'ACTIVE', search: '', offset: 0, limit: 50 })).rows;
  }

  /** An id that the person works with; what the screen knows of the server is noted. */
  function know(type: 'account' | 'user', id: string, view: { sid: string | null; fields: Fields }): void {
    if (view.sid !== null) intents.bind(client, id, view.sid);
    else if (!intents.createBy(client, id)) {
      // A create that was kept although the person was never told, or a row of an upload.
      const made = intents.createOf(client, type, view.fields);
      if (made) made.entity = id;
    }
  }

  const wish: WishOf = (type, kind, on) => ({ client, actor: actor(), type, kind, cloudSeq: cloud().state.seq, ...on });

  async function addUser([a, b]: Choice): Promise<void> {
    const home = pick(await accounts(), a);
    if (!home) return;
    know('account', home.id, { sid: home.serverId, fields: { name: home.name } });
    serial += 1;
    // Now and then an address that others choose too.
    const email =
      b < sharedShare ? `shared${Math.floor((b / sharedShare) * 6)}@sim.example` : `c${client}n${serial}@sim.example`;
    const fields = {
      ...{
        firstName: `New${client}x${serial}`,
        lastName: 'Made',
        name: '',
        email,
        mobile: '',
        extension: '',
        role: 'USER',
      },
    };
    // The program makes the display name of a new user, as the portal does.
    const patch = { ...fields, name: `${fields.firstName} ${fields.lastName}` };
    if (intents.createOf(client, 'user', fields)) return;
    const create = wish('user', 'create', { entity: `new-u${serial}`, parent: home.id, patch, view: {} });
    note(`add user ${email} to ${home.name}`);
    await ask(create, () => api().users.add({ accountId: home.id, fields }));
  }

  async function editUser([a, b, c]: Choice): Promise<void> {
    const home = pick(await accounts(), a);
    if (!home) return;
    const row = pick((await api().users.page({ accountId: home.id, limit: 60 })).rows, b);
    const view = row && (await viewOf('user', row.id));
    if (!row || !view) return;
    know('user', row.id, view);
    const patch = userPatch(c, view.fields);
    const seen = Object.fromEntries(Object.keys(patch).map((name) => [name, view.fields[name]]));
    const edit = wish('user', 'patch', { entity: row.id, parent: home.id, patch, view: view.fields });
    note(`edit user ${view.sid ?? row.email} ${JSON.stringify(patch)}`);
    await ask(edit, () => api().users.edit({ id: row.id, changes: patch, seen }));
  }

  async function welcomeUser([a, b]: Choice): Promise<void> {
    const home = pick(await accounts(), a);
    const row = home && pick((await api().users.page({ accountId: home.id, limit: 60 })).rows, b);
    const view = row && (await viewOf('user', row.id));
    const now = program.engine()?.context.clock.now();
    if (!home || !row || !view || now === undefined) return;
    know('user', row.id, view);
    const patch = { welcomeEmailOn: isoTime(now) };
    const asked = wish('user', 'patch', { entity: row.id, parent: home.id, patch, view: view.fields });
    note(`welcome user ${view.sid ?? row.email}`);
    await ask(asked, () => api().users.welcome({ id: row.id }));
  }

  function userPatch(choice: number, fields: Fields): Fields {
    serial += 1;
    const unique = `${client}${serial}`;
    const number = String(1_000_000 + client * 100_000 + serial);
    const kinds: readonly Fields[] = [
      { mobile: `+1555${number}` },
      { mobile: `+1555${number}`, extension: number },
      { extension: ['100', '200', '300'][serial % 3] ?? '' },
      { firstName: `First${unique}` },
      { lastName: `Last${unique}` },
      { name: `Called ${unique}` },
      { role: fields['role'] === 'USER' ? 'ACCOUNT_ADMIN' : 'USER' },
      { email: `moved${unique}@sim.example` },
    ];
    const chosen = pick(kinds, choice) ?? {};
    return Object.fromEntries(Object.entries(chosen).filter(([name, value]) => !isSame(fields[name], value)));
  }

  async function addAccount(): Promise<void> {
    serial += 1;
    const fields = {
      ...{ name: `Customer ${client}x${serial}`, country: 'GB', street: `${serial} Lane`, city: 'Town' },
      ...{
        stateOrProvince: '',
        zipCode: 'T1 1ST',
        languageCode: 'en',
        businessType: '',
        supportContacts: ['a@sim.example'],
      },
    };
    const create = wish('account', 'create', { entity: `new-a${serial}`, parent: null, patch: fields, view: {} });
    note(`add account ${fields.name}`);
    await ask(create, () => api().accounts.add({ fields }));
  }

  async function editAccount([a, , c]: Choice): Promise<void> {
    const home = pick(await accounts(), a);
    const view = home && (await viewOf('account', home.id));
    if (!home || !view) return;
    know('account', home.id, view);
    serial += 1;
    const unique = `${client}x${serial}`;
    const kinds: readonly Fields[] = [
      { city: `City ${unique}` },
      { street: `${unique} Street` },
      { languageCode: ['en', 'de', 'fr'][serial % 3] ?? 'en' },
      { businessType: `Trade ${unique}` },
      { supportContacts: [`help${unique}@sim.example`] },
    ];
    const chosen = pick(kinds, c) ?? {};
    const patch = Object.fromEntries(
      Object.entries(chosen).filter(([name, value]) => !isSame(view.fields[name], value)),
    );
    const seen = Object.fromEntries(Object.keys(patch).map((name) => [name, view.fields[name]]));
    const edit = wish('account', 'patch', { entity: home.id, parent: null, patch, view: view.fields });
    note(`edit account ${view.sid ?? home.name} ${JSON.stringify(patch)}`);
    await ask(edit, () => api().accounts.edit({ id: home.id, changes: patch, seen }));
  }

  /** Takes a change back. Everything that leaves the queue with it is the person's word. */
  async function undo([a]: Choice): Promise<void> {
    const before = await changes();
    const change = pick(
      before.filter(({ canUndo }) => canUndo),
      a,
    );
    if (!change) return;
    note(`undo ${change.kind} of ${change.entityName}`);
    const touched = before.map(({ id }) => id as string);
    try {
      const { ok } = await api().outbox.undo({ id: change.id, withDependants: true });
      if (!ok) return;
    } catch (error) {
      if (isAlive()) throw error;
      // Nobody was told whether it was taken back.
      for (const intent of intents.all)
        if (intent.opId !== null && touched.includes(intent.opId)) intent.isSure = false;
      // Rows of an upload go with the account that will not exist.
      for (const intent of intents.all)
        if (intent.upload && intent.client === client && intent.parent !== null)
          intent.isSure &&= intents.createBy(client, intent.parent)?.isSure !== false;
      return;
    }
    run.count('undone');
    const left = new Set((await changes()).map(({ id }) => id as string));
    const gone = new Set(touched.filter((id) => !left.has(id)));
    for (const intent of intents.all) {
      if (intent.opId !== null && gone.has(intent.opId)) intent.isUndone = true;
      // The rows of an upload go with the account that will not exist.
      if (intent.upload && intent.client === client && intent.parent !== null)
        intent.isUndone ||= intents.createBy(client, intent.parent)?.isUndone === true;
    }
  }

  async function retry([a]: Choice): Promise<void> {
    const stopped = (await changes()).filter(({ state }) => state === 'conflict' || state === 'quarantine');
    const change = pick(stopped, a);
    if (change) await insist(change);
  }

  async function insist(change: {
    id: ChangeId;
    type: 'account' | 'user';
    entityId: string;
    state: string;
    entityName: string;
  }): Promise<Fields | null> {
    const repositories = program.engine()?.repositories;
    if (!repositories) return null;
    const theirs = entityOf(change.type).base(repositories, change.entityId)?.fields ?? {};
    note(`retry ${change.state} of ${change.entityName}`);
    run.count(`retried ${change.state}`);
    // The word counts even if the power goes before the answer.
    for (const intent of intents.all) if (intent.opId === change.id) intent.decidedAgainst.push(theirs);
    await quietly(() => api().outbox.retry({ id: change.id }));
    return theirs;
  }

  /** A command whose answer says nothing about a change. */
  async function quietly(command: () => Promise<unknown>): Promise<void> {
    try {
      await command();
    } catch (error) {
      if (isAlive()) throw error;
    }
  }

  async function upload([a, b]: Choice): Promise<void> {
    const home = pick(await accounts(), a);
    const engine = program.engine();
    if (!home || !engine) return;
    know('account', home.id, { sid: home.serverId, fields: { name: home.name } });
    serial += 1;
    const prefix = `c${client}up${serial}`;
    const count = 1 + Math.floor(b * 4);
    note(`upload ${count} rows ${prefix} to ${home.name}`);
    const wishes = Array.from({ length: count }, (_, index) => {
      const names = { firstName: `${prefix}${index + 1}`, lastName: 'Uploaded', name: '', role: 'USER' };
      const patch = { ...names, email: `${prefix}.${index + 1}@upload.example`, mobile: '', extension: '' };
      return intents.add(wish('user', 'create', { entity: `${prefix}.${index}`, parent: home.id, patch, view: {} }));
    });
    try {
      const { importId } = queueUpload(engine, { accountId: home.id, count, prefix });
      for (const [index, intent] of wishes.entries()) {
        intent.upload = { importId, row: index + 1 };
        intent.isSure = true;
        run.count('uploaded rows');
      }
    } catch (error) {
      if (isAlive()) throw error;
    }
  }

  async function pauseOrResume(): Promise<void> {
    const { jobs } = await api().jobs.list({ limit: 20 });
    const job = jobs.find(({ canPause }) => canPause);
    if (!job) return;
    note(job.state === 'paused' ? 'resume' : 'pause');
    await quietly(() => (job.state === 'paused' ? resume(job.id) : api().jobs.pause({ id: job.id })));
  }

  const resume = (id: JobId) => api().jobs.resume({ id });

  const desk = { note, isAlive, changes, viewOf, know, wish, accounts, count: (name: string) => run.count(name) };
  return {
    ...createDecisions({ program, intents, run, desk }),
    ...{
      addUser,
      editUser,
      welcomeUser,
      addAccount,
      editAccount,
      undo,
      retry,
      upload,
      pauseOrResume,
      changes,
      insist,
      accounts,
      viewOf,
      know,
    },
    setOffline: (offline: boolean) => {
      note(offline ? 'works offline' : 'works online');
      return quietly(() => api().sync.setOffline({ offline }));
    },
    syncNow: () => {
      note('sync now');
      return quietly(() => api().sync.now({ accountId: null }));
    },
    async open([a]: Choice): Promise<void> {
      const home = pick(await accounts(), a);
      if (home) await quietly(() => api().accounts.get({ id: home.id }));
    },
    async resumeAll(): Promise<void> {
      const { jobs } = await api().jobs.list({ limit: 100 });
      for (const job of jobs) if (job.state === 'paused') await quietly(() => resume(job.id));
    },
  };
}

/** What the two halves of a person share. */
export type Desk = {
  readonly note: (line: string) => void;
  readonly isAlive: () => boolean;
  readonly changes: () => Promise<Awaited<ReturnType<ReturnType<Program['client']>['outbox']['list']>>['changes']>;
  readonly viewOf: (type: 'account' | 'user', id: string) => Promise<{ sid: string | null; fields: Fields } | null>;
  readonly know: (type: 'account' | 'user', id: string, view: { sid: string | null; fields: Fields }) => void;
  readonly wish: WishOf;
  readonly accounts: () => Promise<Awaited<ReturnType<ReturnType<Program['client']>['accounts']['list']>>['rows']>;
  readonly count: (name: string) => void;
};
