import type { OutputOf } from '../../../shared/rpc/operation.ts';
import type { AppContract } from '../../../shared/contract/contract.ts';
import { outboxActionDocument, outboxShowDocument } from '../../../shared/contract/queue-documents.ts';
import { refuse } from '../../../shared/rpc/outcome.ts';
import { EXIT, UsageError, type CommandLine } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { table } from '../terminal.ts';
import { Refused, type Command, type Result } from './command.ts';

type Listed = OutputOf<AppContract['outbox']['list']>['changes'][number];

export const showChange: Command = async (line, session) => {
  const { id } = await namedChange(line, session);
  const shown = await session.client.outbox.get({ id });
  if (!shown) throw new Refused(refuse('change.not-found', id).refusal);
  const { change, attempts, dependants } = shown;
  const document = {
    ...{ command: 'outbox show', version: 1, attempts },
    change: toDocument(change),
    dependants: dependants.map(toDocument),
  };
  const text =
    `${change.kind} ${change.type} ${change.entityName} (${change.accountName})\n${change.state}: ${change.nextAction} ${change.serverMessage}\n` +
    table(
      ['FIELD', 'FROM', 'TO'],
      change.fields.map(({ field, from, to }) => [field, from ?? '', to]),
    ) +
    table(
      ['AT', 'STATUS', 'MS', 'CORRELATION ID', ''],
      attempts.map(({ at, status, durationMs, correlationId, error }) => [
        ...[at, String(status ?? '–'), String(durationMs), correlationId, error],
      ]),
    ) +
    (dependants.length === 0 ? '' : `${dependants.length} other changes wait for this one.\n`);
  return { exit: EXIT.done, document, schema: outboxShowDocument, text };
};

export const undoChanges: Command = async (line, session) => {
  const { id } = await namedChange(line, session);
  const withDependants = line.options['with-dependants'] === true;
  const outcome = await session.client.outbox.undo({ id, withDependants });
  if (!outcome.ok) throw new Refused(outcome.refusal);
  return action('outbox undo', outcome.value.undoneCount, `${outcome.value.undoneCount} taken back.`);
};

export const retryChanges: Command = async (line, session) => {
  const wanted = line.options['all'] === true ? await stopped(session) : [await namedChange(line, session)];
  for (const { id } of wanted) {
    const outcome = await session.client.outbox.retry({ id });
    if (!outcome.ok) throw new Refused(outcome.refusal);
  }
  await session.engine.context.scheduler.push(new AbortController().signal);
  return action('outbox retry', wanted.length, `${wanted.length} sent again, as far as the network allows.`);
};

export const exportOutbox: Command = async (line, session) => {
  const remove = line.options['remove'] === true;
  const outcome = await session.client.outbox.exportTo({ file: session.grant(fileOf(line)), remove });
  if (!outcome.ok) throw new Refused(outcome.refusal);
  const { count } = outcome.value;
  return action('outbox export', count, `${count} changes written${remove ? ' and taken off this queue' : ''}.`);
};

export const importOutbox: Command = async (line, session) => {
  const outcome = await session.client.outbox.importFrom({ file: session.grant(fileOf(line)) });
  if (!outcome.ok) throw new Refused(outcome.refusal);
  const { importedCount, knownCount } = outcome.value;
  return action(
    'outbox import',
    importedCount,
    `${importedCount} changes queued; ${knownCount} were here already.`,
    knownCount,
  );
};

function action(command: string, count: number, sentence: string, knownCount = 0): Result {
  const document = { command, version: 1, count, knownCount };
  return { exit: EXIT.done, document, schema: outboxActionDocument, text: `${sentence}\n` };
}

function fileOf(line: CommandLine): string {
  const [area, name, file, ...more] = line.words;
  if (file === undefined || more.length > 0) throw new UsageError(`Name one file: fieldlink ${area} ${name} FILE`);
  return file;
}

/** By its number in the queue, as `outbox list` shows it, or by its id. */
async function namedChange(line: CommandLine, session: ConsoleSession): Promise<Listed> {
  const wanted = line.words[2];
  if (wanted === undefined) throw new UsageError('Say which change: its number in `fieldlink outbox list`, or its id.');
  const found = (await allChanges(session)).find(({ id, seq }) => id === wanted || String(seq) === wanted);
  if (!found) throw new Refused(refuse('change.not-found', wanted).refusal);
  return found;
}

async function stopped(session: ConsoleSession): Promise<readonly Listed[]> {
  return (await allChanges(session)).filter(({ state }) => state === 'quarantine');
}

async function allChanges({ client }: ConsoleSession): Promise<readonly Listed[]> {
  const all: Listed[] = [];
  for (;;) {
    const { changes, total } = await client.outbox.list({ accountId: null, offset: all.length, limit: 200 });
    all.push(...changes);
    if (all.length >= total || changes.length === 0) return all;
  }
}

function toDocument(change: Listed) {
  const { id, kind, type, accountName, fields, state, reason, nextAction, nextAttemptAt } = change;
  const { serverMessage, correlationId, createdAt, entityName: name } = change;
  return {
    ...{ id, kind, type, name, accountName, fields, state, reason, nextAction, nextAttemptAt },
    ...{ serverMessage, correlationId, createdAt },
  };
}
