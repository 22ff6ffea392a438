#!/usr/bin/env node
import { problemDocument } from '../../shared/contract/documents.ts';
import { DatabaseFromFuture, ProfileInUse } from '../engine/command-engine.ts';
import { EXIT, HELP, readCommandLine, UsageError, type CommandLine, type ExitCode } from './command-line.ts';
import { cacheRebuild, cacheVerify } from './commands/cache.ts';
import { Refused, type Command, type Result } from './commands/command.ts';
import { listConflicts, resolveConflicts } from './commands/conflicts.ts';
import { showHistory } from './commands/history.ts';
import { planImport } from './commands/import-plan.ts';
import { importReport, importResume, importStatus, importTemplate, importUndo } from './commands/import-uploads.ts';
import { importLicense, importWelcome } from './commands/import-groups.ts';
import { applyImport, previewImport } from './commands/imports.ts';
import { listAccounts, listOutbox, listUsers } from './commands/lists.ts';
import { importRecipes } from './commands/recipes.ts';
import { exportOutbox, importOutbox, retryChanges, showChange, undoChanges } from './commands/outbox.ts';
import { sandboxFaults, sandboxReset, sandboxStart, SandboxUnreachable } from './commands/sandbox.ts';
import { sync } from './commands/sync.ts';
import { syncStatus, syncWatch } from './commands/sync-watch.ts';
import { openConsole, SignInRefused } from './console-session.ts';
import { sentenceOf } from './sentences.ts';
import { processTerminal as terminal } from './terminal.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  sync,
  'accounts list': listAccounts,
  'users list': listUsers,
  'import preview': previewImport,
  'import plan': planImport,
  'import apply': applyImport,
  'import status': importStatus,
  'import resume': importResume,
  'import undo': importUndo,
  'import license': importLicense,
  'import welcome': importWelcome,
  'import report': importReport,
  'import template': importTemplate,
  'import recipes': importRecipes,
  'sync status': syncStatus,
  'outbox list': listOutbox,
  'outbox show': showChange,
  'outbox undo': undoChanges,
  'outbox retry': retryChanges,
  'outbox export': exportOutbox,
  'outbox import': importOutbox,
  'conflicts list': listConflicts,
  'conflicts resolve': resolveConflicts,
  history: showHistory,
  'cache verify': cacheVerify,
  'cache rebuild': cacheRebuild,
};

// What a library calls that Node would rather not have is nothing a technician can act on.
process.noDeprecation = true;

async function main(args: readonly string[]): Promise<ExitCode> {
  let line: CommandLine;
  try {
    line = readCommandLine(args);
  } catch (error) {
    return problem(args.includes('--json'), args.join(' '), error);
  }
  if (line.options['help'] === true || line.words.length === 0) {
    terminal.out(HELP);
    return line.words.length === 0 && line.options['help'] !== true ? EXIT.usage : EXIT.done;
  }
  try {
    return await run(line);
  } catch (error) {
    return problem(line.isJson, line.words.slice(0, 2).join(' '), error);
  }
}

async function run(line: CommandLine): Promise<ExitCode> {
  const name = line.words[0] === 'history' ? 'history' : line.words.slice(0, 2).join(' ');
  switch (name) {
    case 'sandbox start':
      await sandboxStart(line, (result) => print(line, result));
      return EXIT.done;
    case 'sandbox reset':
      return print(line, await sandboxReset(line));
    case 'sandbox faults':
      return print(line, await sandboxFaults(line));
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`There is no command “${line.words.join(' ')}”. fieldlink --help lists them.`);
  const session = await openConsole(line, terminal);
  try {
    if (name === 'sync' && line.options['watch'] === true) {
      await syncWatch(session, (result) => print(line, result));
      return EXIT.done;
    }
    return print(line, await command(line, session, terminal));
  } finally {
    await session.close();
  }
}

function print(line: CommandLine, { document, schema, text, exit }: Result): ExitCode {
  terminal.out(line.isJson ? `${JSON.stringify(schema.parse(document))}\n` : text);
  return exit;
}

type Failure = {
  readonly code: string;
  readonly sentence: string;
  readonly exit: ExitCode;
  readonly details?: Readonly<Record<string, string | number>>;
};

function problem(isJson: boolean, command: string, error: unknown): ExitCode {
  const { code, sentence, exit, details = {} } = failureOf(error);
  if (isJson)
    terminal.out(
      `${JSON.stringify(problemDocument.parse({ command, version: 1, problem: { code, sentence, details } }))}\n`,
    );
  terminal.error(`${sentence}\n`);
  return exit;
}

function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { code: 'usage', sentence: error.message, exit: EXIT.usage };
  if (error instanceof SandboxUnreachable)
    return { code: 'unreachable', sentence: error.message, exit: EXIT.unreachable };
  if (error instanceof Refused || error instanceof SignInRefused) {
    const { refusal } = error;
    return { code: refusal.code, sentence: sentenceOf(refusal), exit: EXIT.findings, details: refusal.details ?? {} };
  }
  if (error instanceof ProfileInUse) {
    return {
      code: 'profile-in-use',
      sentence:
        'The console, or another fieldlink command, works with this profile. Close it, or name another folder with --profile.',
      exit: EXIT.fault,
    };
  }
  if (error instanceof DatabaseFromFuture) {
    return {
      code: 'database-from-future',
      sentence:
        'The data in this profile was written by a newer version of Fieldlink. Nothing was changed. Install that version, or use another --profile.',
      exit: EXIT.fault,
    };
  }
  return {
    code: 'fault',
    sentence: `Something broke that should not have: ${error instanceof Error ? error.message : String(error)}`,
    exit: EXIT.fault,
  };
}

// The code is set, not forced: what was written to a pipe must be read first.
process.exitCode = await main(process.argv.slice(2));
