import type { Conflict, GroupChoice } from '../../../shared/contract/conflicts.ts';
import { conflictsDocument, conflictsResolveDocument } from '../../../shared/contract/queue-documents.ts';
import { refuse } from '../../../shared/rpc/outcome.ts';
import { EXIT, UsageError, type CommandLine } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { table } from '../terminal.ts';
import { Refused, type Command } from './command.ts';

export const listConflicts: Command = async (_line, session) => {
  const found = await allConflicts(session);
  const conflicts = found.map(({ id, kind, type, entityName, accountName, theirsBy, theirsAt, groups }) => ({
    ...{ id, kind, type, name: entityName, accountName, theirsBy, theirsAt, groups },
  }));
  const lines = conflicts.flatMap(({ name, groups }, index) =>
    groups.flatMap(({ isDisputed, fields }) =>
      fields.map(({ field, base, mine, theirs }) => [
        ...[String(index + 1), name, `${isDisputed ? '! ' : '  '}${field}`, textOf(base), textOf(mine), textOf(theirs)],
      ]),
    ),
  );
  return {
    exit: conflicts.length > 0 ? EXIT.findings : EXIT.done,
    document: { command: 'conflicts list', version: 1, conflicts },
    schema: conflictsDocument,
    text: conflicts.length === 0 ? 'No conflicts.\n' : table(['#', 'NAME', 'FIELD', 'BASE', 'MINE', 'THEIRS'], lines),
  };
};

/** `conflicts resolve N --keep mine|theirs`, or field by field: `--set mobile=mine --set extension=theirs --set name=value:Ada`. */
export const resolveConflicts: Command = async (line, session) => {
  const choice = choiceOf(line.options['keep']);
  const before = await allConflicts(session);
  let resolvedCount = 0;
  if (line.options['all'] === true) {
    if (choice === null) throw new UsageError('Say for all: fieldlink conflicts resolve --all --keep mine|theirs');
    const outcome = await session.client.conflicts.resolveAll({ accountId: null, choice });
    if (!outcome.ok) throw new Refused(outcome.refusal);
    ({ resolvedCount } = outcome.value);
  } else {
    const conflict = named(line, before);
    const groups = line.sets.length > 0 ? choicesOf(line.sets, conflict) : everyGroup(conflict, choice);
    const { id, theirsMark } = conflict;
    const outcome = await session.client.conflicts.resolve({ id, theirsMark, groups });
    if (!outcome.ok) throw new Refused(outcome.refusal);
    resolvedCount = 1;
  }
  await session.engine.context.scheduler.push(new AbortController().signal);
  const remainingCount = (await allConflicts(session)).length;
  return {
    exit: remainingCount > 0 ? EXIT.findings : EXIT.done,
    document: { command: 'conflicts resolve', version: 1, resolvedCount, remainingCount },
    schema: conflictsResolveDocument,
    text: `${resolvedCount} decided, ${remainingCount} left.\n`,
  };
};

function named(line: CommandLine, conflicts: readonly Conflict[]): Conflict {
  const wanted = line.words[2];
  if (wanted === undefined)
    throw new UsageError('Say which conflict: its number in `fieldlink conflicts list`, or its id.');
  const found = conflicts.find(({ id }, index) => id === wanted || String(index + 1) === wanted);
  if (!found) throw new Refused(refuse('change.not-found', wanted).refusal);
  return found;
}

function choiceOf(value: string | boolean | undefined): 'mine' | 'theirs' | null {
  if (value === undefined) return null;
  if (value === 'mine' || value === 'theirs') return value;
  throw new UsageError(`--keep ${String(value)} is neither mine nor theirs.`);
}

function everyGroup({ groups }: Conflict, choice: 'mine' | 'theirs' | null): GroupChoice[] {
  if (choice === null)
    throw new UsageError('Say which side: --keep mine, --keep theirs, or --set FIELD=mine|theirs|value:…');
  // Where no group is left to name, the word holds for the record.
  const named = groups.length > 0 ? groups : [{ group: 'record' }];
  return named.map(({ group }) => ({ group, choice, values: {} }));
}

function choicesOf(sets: readonly string[], { groups }: Conflict): GroupChoice[] {
  return sets.map((set) => {
    const at = set.indexOf('=');
    const [field, word] = [set.slice(0, at), set.slice(at + 1)];
    const group = groups.find((one) => one.group === field || one.fields.some((member) => member.field === field));
    if (at < 1 || !group) throw new UsageError(`--set ${set}: the conflict has no field “${field}”.`);
    if (word === 'mine' || word === 'theirs') return { group: group.group, choice: word, values: {} };
    if (!word.startsWith('value:')) throw new UsageError(`--set ${set}: write ${field}=mine, =theirs or =value:TEXT.`);
    return { group: group.group, choice: 'edit', values: { [field]: word.slice('value:'.length) } };
  });
}

async function allConflicts({ client }: ConsoleSession): Promise<readonly Conflict[]> {
  const all: Conflict[] = [];
  for (;;) {
    const { conflicts, total } = await client.conflicts.list({ accountId: null, offset: all.length, limit: 200 });
    all.push(...conflicts);
    if (all.length >= total || conflicts.length === 0) return all;
  }
}

function textOf(value: string | string[] | null): string {
  return Array.isArray(value) ? value.join(', ') : (value ?? '–');
}
