import { cacheDocument } from '../../../shared/contract/documents.ts';
import { EXIT } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { Refused, type Command, type Result } from './command.ts';

/** Reads both files from end to end; what is damaged is rescued at once. */
export const cacheVerify: Command = async (_line, session, terminal) => {
  terminal.progress('Reading the files of this profile …');
  const outcome = await session.client.storage.verify({});
  terminal.progress('');
  if (!outcome.ok) throw new Refused(outcome.refusal);
  return report(session, 'cache verify', outcome.value);
};

/** Sets the cache aside; `fieldlink sync` fetches it again. */
export const cacheRebuild: Command = async (_line, session) => {
  const outcome = await session.client.storage.rebuildCache({});
  if (!outcome.ok) throw new Refused(outcome.refusal);
  return report(session, 'cache rebuild', { cache: 'rescued', journal: 'sound' });
};

async function report(
  session: ConsoleSession,
  command: 'cache verify' | 'cache rebuild',
  found: { readonly cache: 'sound' | 'rescued'; readonly journal: 'sound' | 'rescued' },
): Promise<Result> {
  const state = await session.client.storage.state({});
  const { waitingCount, attentionCount } = await session.client.sync.status({ accountId: null });
  const rescues = state.rescues.map(({ at, store, cause, changeCount, uncertainCount, lostCount, folder }) => ({
    ...{ at, store, cause, changeCount, uncertainCount, lostCount, folder },
  }));
  const document = {
    ...{ command, version: 1, folder: state.folder, ...found, rescues, waitingCount, attentionCount },
    cacheBytes: state.cacheBytes,
    journalBytes: state.journalBytes,
  };
  const isSound = found.cache === 'sound' && found.journal === 'sound';
  const [last] = rescues;
  const kept = last ? ` The old file is in ${last.folder}.` : '';
  const text =
    command === 'cache rebuild'
      ? `The cache was set aside.${kept} ${waitingCount} changes wait and are untouched. Run fieldlink sync to fetch everything again.\n`
      : isSound
        ? 'Both files are sound.\n'
        : `A damaged file was found and replaced.${kept} ${waitingCount} changes wait. Run fieldlink sync to fetch what is missing.\n`;
  return {
    exit: command === 'cache verify' && !isSound ? EXIT.findings : EXIT.done,
    document,
    schema: cacheDocument,
    text,
  };
}
