import { accountsDocument, outboxDocument, usersDocument } from '../../../shared/contract/documents.ts';
import { roleLabel } from '../../../shared/model/role.ts';
import type { UserRow } from '../../../shared/model/user.ts';
import { EXIT } from '../command-line.ts';
import { table } from '../terminal.ts';
import type { Command } from './command.ts';
import { allAccounts, findAccount } from './find-account.ts';

export const listAccounts: Command = async (line, session) => {
  const rows = await allAccounts(session, line.search);
  const { accountsSyncedAt } = await session.client.sync.status({ accountId: null });
  const accounts = rows.map(
    ({ id, serverId, accountNumber, name, state, userCount, waitingCount, attentionCount }) => ({
      ...{ id, accountId: serverId, accountNumber, name, state, userCount, waitingCount, attentionCount },
    }),
  );
  return {
    exit: EXIT.done,
    document: { command: 'accounts list', version: 1, syncedAt: accountsSyncedAt, accounts },
    schema: accountsDocument,
    text: table(
      ['NUMBER', 'NAME', 'STATE', 'USERS'],
      accounts.map(({ accountNumber, name, state, userCount }) => [
        accountNumber,
        name,
        state,
        userCount === null ? '–' : String(userCount),
      ]),
    ),
  };
};

const PAGE = 200;

export const listUsers: Command = async (line, session, terminal) => {
  const account = await findAccount(line, session);
  const users: UserRow[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = await session.client.users.page({
      accountId: account.id,
      search: line.search,
      offset,
      limit: PAGE,
    });
    users.push(...rows);
    terminal.progress(`${users.length} of ${total} users`);
    if (offset + PAGE >= total) break;
  }
  terminal.progress('');
  const { usersSyncedAt } = await session.client.sync.status({ accountId: account.id });
  const listed = users.map(({ id, name, email, extension, role, pending }) => ({
    id,
    name,
    email,
    extension,
    role,
    pending,
  }));
  return {
    exit: EXIT.done,
    document: {
      command: 'users list',
      version: 1,
      accountId: account.serverId,
      accountName: account.name,
      syncedAt: usersSyncedAt,
      users: listed,
    },
    schema: usersDocument,
    text: table(
      ['NAME', 'EMAIL', 'EXT', 'ROLE', ''],
      listed.map(({ name, email, extension, role, pending }) => [
        name,
        email,
        extension,
        roleLabel(role),
        pending ?? '',
      ]),
    ),
  };
};

export const listOutbox: Command = async (_line, { client }) => {
  const first = await client.outbox.list({ accountId: null, limit: PAGE });
  const changes = [...first.changes];
  while (changes.length < first.total) {
    const page = await client.outbox.list({ accountId: null, offset: changes.length, limit: PAGE });
    if (page.changes.length === 0) break;
    changes.push(...page.changes);
  }
  const document = {
    command: 'outbox list',
    version: 1,
    changes: changes.map(
      ({
        id,
        seq,
        kind,
        type,
        entityName,
        accountName,
        fields,
        state,
        reason,
        serverMessage,
        correlationId,
        createdAt,
      }) => ({
        ...{
          id,
          seq,
          kind,
          type,
          name: entityName,
          accountName,
          fields,
          state,
          reason,
          serverMessage,
          correlationId,
          createdAt,
        },
      }),
    ),
    imports: first.batches.map(({ importId, fileName, accountName, waitingCount, sentCount, refusedCount }) => ({
      ...{ importId, fileName, accountName, waitingCount, sentCount, refusedCount },
    })),
  };
  const text =
    table(
      ['#', 'WHAT', 'NAME', 'ACCOUNT', 'STATE', 'REASON'],
      document.changes.map((change) => [
        String(change.seq),
        `${change.kind} ${change.type}`,
        change.name,
        change.accountName,
        change.state,
        change.reason,
      ]),
    ) +
    document.imports
      .map(
        ({ fileName, waitingCount, sentCount, refusedCount }) =>
          `${fileName}: ${waitingCount} wait, ${sentCount} sent, ${refusedCount} refused\n`,
      )
      .join('');
  return { exit: first.attentionCount > 0 ? EXIT.findings : EXIT.done, document, schema: outboxDocument, text };
};
