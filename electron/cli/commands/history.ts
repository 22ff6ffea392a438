import { historyOutcome } from '../../../shared/contract/history.ts';
import { historyDocument } from '../../../shared/contract/queue-documents.ts';
import { EXIT, UsageError } from '../command-line.ts';
import { table } from '../terminal.ts';
import type { Command } from './command.ts';
import { findAccount } from './find-account.ts';

const PAGE = 200;

/** What was done on this laptop, newest first: `history [--account A] [--outcome WORD] [--limit N]`. */
export const showHistory: Command = async (line, session) => {
  const account = line.account === null ? null : await findAccount(line, session);
  const parsed = historyOutcome.safeParse(line.options['outcome'] ?? 'queued');
  if (!parsed.success) throw new UsageError(`--outcome must be one of: ${historyOutcome.options.join(', ')}.`);
  const outcome = line.options['outcome'] === undefined ? 'all' : parsed.data;
  const limit = Number(line.options['limit'] ?? 100);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit must be a whole number above 0.');
  const entries = [];
  let firstBroken: number | null = null;
  for (let before: number | null = null; entries.length < limit;) {
    const page = await session.client.history.list({
      ...{ accountId: account?.id ?? null, outcome, before, limit: Math.min(PAGE, limit - entries.length) },
    });
    entries.push(...page.entries);
    ({ firstBroken } = page);
    before = page.entries.at(-1)?.id ?? null;
    if (!page.hasMore) break;
  }
  const shown = entries.map((entry) => {
    const {
      id,
      at,
      outcome: word,
      kind,
      type,
      accountName,
      fields,
      count,
      reason,
      serverMessage,
      correlationId,
    } = entry;
    return {
      ...{ id, at, person: entry.actorName, outcome: word, kind, type, name: entry.entityName, accountName },
      ...{ fields, count, reason, serverMessage, correlationId },
    };
  });
  const text =
    (firstBroken === null ? '' : `The history is not whole: entry ${firstBroken} was changed or lost.\n`) +
    table(
      ['AT', 'PERSON', 'OUTCOME', 'WHAT', 'NAME', 'ACCOUNT', 'CORRELATION ID'],
      shown.map(({ at, person, outcome: word, kind, type, name, accountName, correlationId }) => [
        ...[at, person, word, `${kind} ${type ?? ''}`.trim(), name, accountName, correlationId],
      ]),
    );
  return {
    exit: firstBroken === null ? EXIT.done : EXIT.findings,
    document: { command: 'history', version: 1, firstBroken, entries: shown },
    schema: historyDocument,
    text,
  };
};
