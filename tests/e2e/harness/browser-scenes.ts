import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../../../shared/lib/must.ts';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import type { BrowserConsole } from './browser-console.ts';

const NIGHT_SHIFT = [
  ['Maren', 'Achterberg', '', 'maren.achterberg', 'User'],
  ['Tomás', 'Iglesias Peña', '', 'tomas.iglesias', 'User'],
  ['Zoë', 'Vandermeer', 'Zoë V.', 'zoe.vandermeer', 'Account Admin'],
  ['Hélène', 'Lefèvre', '', 'helene.lefevre', ''],
  ['Žiga', 'Novak', '', 'ziga.novak', 'User'],
  ['Jürgen', 'Großmann', '', 'juergen.grossmann', 'User'],
  ['Amélie', 'Dupont-Marchand', '', 'amelie.dupont', ''],
  ['Niamh', "O'Rourke", '', 'niamh.orourke', 'User'],
] as const;

/** Changes of every kind that wait: an edited account, a new account, an edited user, a new one, and an upload. */
export async function queueSomeWork(desk: BrowserConsole, accountId: AccountId): Promise<void> {
  const { client } = desk;
  const account = must(await client.accounts.get({ id: accountId }), 'the account is there');
  const { rows } = await client.users.page({ accountId, search: 'ellery' });
  const user = must(await client.users.get({ id: must(rows[0], 'the demo has an Ellery').id }), 'the user is there');
  const moved = {
    changes: { city: 'Saltmarsh East', zipCode: 'SM2 1PR' },
    seen: { city: account.city, zipCode: account.zipCode },
  };
  accepted(await client.accounts.edit({ id: accountId, ...moved }));
  accepted(
    await client.users.edit({ id: user.id, changes: { mobile: '+447700900123' }, seen: { mobile: user.mobile } }),
  );
  const ida = { firstName: 'Ida', lastName: 'Lindqvist', name: '', email: 'ida.lindqvist@harbour.example' };
  accepted(await client.users.add({ accountId, fields: { ...ida, mobile: '', extension: '2471', role: 'USER' } }));
  const observatory = {
    fields: {
      ...{
        name: 'Larch Hill Observatory',
        country: 'IE',
        street: '3 Dome Road',
        city: 'Larch Hill',
        zipCode: 'LH3 0DR',
      },
      ...{
        stateOrProvince: '',
        languageCode: 'en',
        businessType: 'Education',
        supportContacts: ['noc@larch-hill.example'],
      },
    },
  };
  accepted(await client.accounts.add(observatory));
  const id = await openFile(desk, {
    accountId,
    name: 'night-shift.csv',
    rows: NIGHT_SHIFT.map(([first, last, name, address, role]) => [
      first,
      last,
      name,
      `${address}@harbour.example`,
      role,
    ]),
  });
  accepted(await client.imports.upload({ id }));
}

/** A preview with one row of every kind: ready, warned about, cleaned, and with each of the frequent errors. */
export function openPreview(desk: BrowserConsole, accountId: AccountId): Promise<ImportId> {
  const at = 'harbour.example';
  return openFile(desk, {
    accountId,
    name: 'day-shift.csv',
    badge: true,
    rows: [
      ['Rowan', 'Pike', '', `rowan.pike(at)${at}`, 'User'],
      ['Oskar', 'Lindgren', '', `oskar.lindgren@${at}`, 'User'],
      ['Priya', 'Raman', 'Priya R.', `priya.raman@${at}`, 'Account Admin'],
      ['Ada', 'Admin', '', `ada.admin@${at}`, 'User'],
      ['Mateo', 'Quintana', '', ` mailto:mateo.quintana@${at} `, ''],
      ['', '', '', `no.name@${at}`, 'User'],
      ['Bryn', 'Ellis', '', `bryn.ellis@${at}`, 'Caretaker'],
      ['Lena', 'Oduya', '', `lena.oduya@${at}`, 'User'],
      ['Lena', 'Oduya', '', `LENA.ODUYA@${at}`, 'User'],
      ['Søren', 'Kjær', '', `soren.kjaer@${at}`, 'User'],
      ['Wren', 'Castellane', '', `wren.castellane@${at}`, ''],
      ['Ilse', 'Brandt', '', `ilse.brandt@${at}`, 'User'],
      ['Noor', 'Haddad', '', '', 'User'],
      ['Caleb', 'Thorne', '', `caleb.thorne@${at}`, 'User'],
    ],
  });
}

type File = {
  readonly accountId: AccountId;
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly badge?: boolean;
};

async function openFile(desk: BrowserConsole, { accountId, name, rows, badge = false }: File): Promise<ImportId> {
  const path = join(desk.folder, name);
  const headings = ['FIRST NAME', 'LAST NAME', 'NAME', 'EMAIL', 'ROLE', ...(badge ? ['BADGE'] : [])];
  const lines = rows.map((cells, row) => (badge ? [...cells, String(1040 + row)] : cells));
  writeFileSync(path, [headings, ...lines].map((cells) => cells.join(';')).join('\r\n'));
  const opened = await desk.client.imports.open({ accountId, file: desk.server.grant(path) });
  return accepted(opened).id;
}

/** A scene that could not be set would leave the test looking at something else. */
function accepted<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
}

/** The same field changed here and by somebody else: what becomes of it when the cloud is reached. */
export async function makeConflict(desk: BrowserConsole, accountId: AccountId): Promise<void> {
  const { client, sandbox } = desk;
  const { rows } = await client.users.page({ accountId, search: 'oakley' });
  const user = must(await client.users.get({ id: must(rows[0], 'the demo has an Oakley').id }), 'the user is there');
  const account = must(await client.accounts.get({ id: accountId }), 'the account is there');
  await client.sync.setOffline({ offline: true });
  accepted(
    await client.users.edit({ id: user.id, changes: { mobile: '+447700900155' }, seen: { mobile: user.mobile } }),
  );
  const theirs = {
    op: 'replace',
    id: must(user.serverId, 'the cloud has the user'),
    body: { mobile: '+447700900201' },
  } as const;
  sandbox.oracle.apply(must(account.serverId, 'the cloud has the account'), [theirs]);
  await client.sync.setOffline({ offline: false });
  await client.sync.now({ accountId });
}
