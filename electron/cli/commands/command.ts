import type { z } from 'zod';
import type { Refusal } from '../../../shared/rpc/outcome.ts';
import type { ExitCode, CommandLine } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import type { Terminal } from '../terminal.ts';

/** What a command leaves behind: one document, the same in words, and the exit code. */
export type Result = {
  readonly exit: ExitCode;
  readonly document: unknown;
  readonly schema: z.ZodType;
  readonly text: string;
};

export type Command = (line: CommandLine, session: ConsoleSession, terminal: Terminal) => Promise<Result>;

/** A refusal that ends the command. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
