import { resolve } from 'node:path';
import { servicePath } from '../../../shared/cloud/paths.ts';
import { FAULT_KINDS, faultRule, sandboxSettings, type FaultRule } from '../../../shared/cloud/sandbox-control.ts';
import { sandboxDocument } from '../../../shared/contract/documents.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { EXIT, UsageError, type CommandLine } from '../command-line.ts';
import type { Result } from './command.ts';

const TENANTS = ['demo', 'small', 'empty'] as const;

/** Runs until it is stopped. Prints its document as soon as it listens. */
export async function sandboxStart(line: CommandLine, announce: (result: Result) => void): Promise<void> {
  const tenants = TENANTS.find((name) => name === (line.options['tenants'] ?? 'demo'));
  if (!tenants) throw new UsageError('--tenants takes demo, small or empty.');
  const directory = typeof line.options['directory'] === 'string' ? resolve(line.options['directory']) : null;
  const sandbox = await startSandbox({ directory, port: numberOf(line, 'port') ?? 0, tenants });
  announce(result('sandbox start', sandbox.url, []));
  await new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await sandbox.close();
}

export async function sandboxReset(line: CommandLine): Promise<Result> {
  const url = cloudOf(line);
  await control(url, 'POST', 'reset');
  return result('sandbox reset', url, []);
}

/** Without a kind: what is set. With one: adds a rule. `clear`: takes all away. */
export async function sandboxFaults(line: CommandLine): Promise<Result> {
  const url = cloudOf(line);
  const [, , kind] = line.words;
  const { faults } = sandboxSettings.parse(await control(url, 'GET', 'settings'));
  if (kind === undefined) return result('sandbox faults', url, faults);
  const next = kind === 'clear' ? [] : [...faults, ruleOf(kind, line)];
  const changed = sandboxSettings.parse(await control(url, 'PUT', 'settings', { faults: next }));
  return result('sandbox faults', url, changed.faults);
}

function ruleOf(kind: string, line: CommandLine): FaultRule {
  const known = FAULT_KINDS.find((name) => name === kind);
  if (!known) throw new UsageError(`There is no fault “${kind}”. Choose one of: ${FAULT_KINDS.join(', ')}, or clear.`);
  return faultRule.parse({
    kind: known,
    probability: numberOf(line, 'probability') ?? 1,
    delayMs: numberOf(line, 'delay-ms') ?? 0,
    ...(line.options['retry-after'] === undefined ? {} : { retryAfterSeconds: numberOf(line, 'retry-after') }),
    isRetryAfterDate: line.options['retry-after-date'] === true,
    ...(line.options['share'] === undefined ? {} : { share: numberOf(line, 'share') }),
    ...(line.options['times'] === undefined ? {} : { times: numberOf(line, 'times') }),
  });
}

function numberOf(line: CommandLine, name: string): number | null {
  const text = line.options[name];
  if (text === undefined) return null;
  const number = Number(text);
  if (Number.isNaN(number)) throw new UsageError(`--${name} takes a number.`);
  return number;
}

function cloudOf({ cloud }: CommandLine): string {
  if (cloud === null) throw new UsageError('Say which sandbox cloud: --cloud URL.');
  return cloud;
}

/** The sandbox is there or it is not; nothing else can be said of it. */
export class SandboxUnreachable extends Error {
  override readonly name = 'SandboxUnreachable';
}

async function control(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  try {
    const response = await fetch(new URL(servicePath('sandbox-control', path), url), {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
  } catch (error) {
    throw new SandboxUnreachable(`No sandbox cloud answers at ${url}.`, { cause: error });
  }
}

function result(
  command: 'sandbox start' | 'sandbox reset' | 'sandbox faults',
  url: string,
  faults: readonly FaultRule[],
): Result {
  const words = faults.map((rule) => `  ${rule.kind} probability ${rule.probability}\n`).join('');
  return {
    exit: EXIT.done,
    document: { command, version: 1, url, faults },
    schema: sandboxDocument,
    text: `${url}\n${words}`,
  };
}
