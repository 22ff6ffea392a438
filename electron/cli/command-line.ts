import { parseArgs } from 'node:util';

/** 0 done, 1 fault, 2 usage, 3 done with findings or refusals, 4 the cloud could not be reached (CLI-1). */
export const EXIT = { done: 0, fault: 1, usage: 2, findings: 3, unreachable: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type CommandLine = {
  readonly words: readonly string[];
  readonly isJson: boolean;
  readonly profile: string | null;
  readonly cloud: string | null;
  readonly account: string | null;
  readonly search: string;
  readonly isBrowserSignIn: boolean;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
};

/** The command was not understood; `sentence` says what to type. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  profile: { type: 'string' },
  cloud: { type: 'string' },
  account: { type: 'string' },
  search: { type: 'string' },
  browser: { type: 'boolean' },
  directory: { type: 'string' },
  port: { type: 'string' },
  tenants: { type: 'string' },
  probability: { type: 'string' },
  'delay-ms': { type: 'string' },
  'retry-after': { type: 'string' },
  'retry-after-date': { type: 'boolean' },
  share: { type: 'string' },
  times: { type: 'string' },
} as const;

export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    return {
      words: positionals,
      isJson: values.json ?? false,
      profile: values.profile ?? null,
      cloud: values.cloud ?? null,
      account: values.account ?? null,
      search: values.search ?? '',
      isBrowserSignIn: values.browser ?? false,
      options: values,
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export const HELP = `fieldlink <command> [options]

  sync                                   send what waits, fetch what changed
  accounts list [--search TEXT]
  users list --account ACCOUNT [--search TEXT]
  import preview FILE --account ACCOUNT  what would be imported, and what is wrong; nothing is sent
  import apply FILE --account ACCOUNT    queue the rows without errors and send them; the others stay in the preview
  outbox list                            what waits for the cloud
  sandbox start [--directory DIR] [--port N] [--tenants demo|small|empty]
  sandbox reset --cloud URL
  sandbox faults --cloud URL [KIND|clear] [--probability P] [--delay-ms N] [--retry-after SECONDS] [--retry-after-date]
                 [--share P] [--times N]

  ACCOUNT is an account number, an Account ID, or the account's exact name.

  --json          one JSON document on standard output
  --profile DIR   the data folder (default: the console's own)
  --cloud URL     the cloud (default: the embedded sandbox cloud)
  --browser       sign in through the system browser; the address is printed
  Sign-in without a browser: FIELDLINK_EMAIL, FIELDLINK_PASSWORD and, where asked, FIELDLINK_ACCOUNT_NUMBER.

Exit codes: 0 done, 1 fault, 2 usage, 3 done with findings or refusals, 4 the cloud could not be reached.
`;
