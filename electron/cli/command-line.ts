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
  /** Every `--set FIELD=…`, in order. */
  readonly sets: readonly string[];
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
  once: { type: 'boolean' },
  watch: { type: 'boolean' },
  all: { type: 'boolean' },
  remove: { type: 'boolean' },
  'with-dependants': { type: 'boolean' },
  keep: { type: 'string' },
  set: { type: 'string', multiple: true },
  outcome: { type: 'string' },
  limit: { type: 'string' },
  existing: { type: 'string' },
  recipe: { type: 'string' },
  out: { type: 'string' },
  canary: { type: 'string' },
  'stop-after': { type: 'string' },
  failed: { type: 'boolean' },
  kind: { type: 'string' },
  again: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'with-users': { type: 'boolean' },
  'all-columns': { type: 'boolean' },
  'mitel-one': { type: 'string' },
  meetings: { type: 'string' },
} as const;

export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values: all, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const { set = [], ...values } = all;
    return {
      words: positionals,
      sets: set,
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

  sync [--once]                          send what waits, fetch what changed
  sync --watch                           the same until Ctrl+C
  sync status                            where things stand, and whether the laptop is ready to leave the network
  accounts list [--search TEXT]
  users list --account ACCOUNT [--search TEXT]
  import preview FILE --account ACCOUNT  what would be imported, and what is wrong; nothing is sent
  import plan FILE --account ACCOUNT     what would be made, changed, left or refused; --out PLAN.json saves it
  import apply FILE --account ACCOUNT    queue the rows without errors and send them; the others stay in the preview
  import apply PLAN.json                 the same with a plan, made on this laptop or another; what moved since is left
         [--existing refuse|skip|update] [--canary ROWS] [--stop-after FAILURES]
         [--recipe NAME|FILE.json]       of preview, plan and apply: how the list is read and repaired
  import recipes list|show NAME|export NAME FILE|open FILE|delete NAME
  import status [IMPORT]                 what was uploaded, and what became of it
  import resume|undo IMPORT              go on after a pause; take it back where nobody worked on it since (undo --dry-run)
  import welcome IMPORT [--again] [--dry-run]   welcome e-mails to its new users; --again: also to those who need none
  import license IMPORT [--mitel-one essential|premier|elite|none] [--meetings yes|no] [--dry-run]
                                         licenses of exactly its users, when the account has enough of them
  import report IMPORT FILE [--kind acceptance|failed|sheet]   the acceptance sheet, the rows that need work (also --failed),
                                         or a copy of your own sheet with STATUS and REASON beside each row
  import template FILE.xlsx --account ACCOUNT [--with-users] [--all-columns]
  outbox list                            what waits for the cloud
  outbox show|retry CHANGE               one change with its attempts; send it once more (retry --all: all that were refused)
  outbox undo CHANGE [--with-dependants]
  outbox export FILE [--remove]          carry the queue to another laptop …
  outbox import FILE                     … and take it in there
  conflicts list
  conflicts resolve CONFLICT --keep mine|theirs | --set FIELD=mine|theirs|value:TEXT …
  conflicts resolve --all --keep mine|theirs
  history [--account ACCOUNT] [--outcome WORD] [--limit N]
  cache verify                           read the files of the profile from end to end; what is damaged is rescued
  cache rebuild                          set the cache aside, to be fetched again; changes and drafts stay
  sandbox start [--directory DIR] [--port N] [--tenants demo|small|empty]
  sandbox reset --cloud URL
  sandbox faults --cloud URL [KIND|clear] [--probability P] [--delay-ms N] [--retry-after SECONDS] [--retry-after-date]
                 [--share P] [--times N]

  ACCOUNT is an account number, an Account ID, or the account's exact name.
  FILE of an import may be - for standard input: cells of a spreadsheet, delimited text or a list of addresses.

  --json          one JSON document on standard output
  --profile DIR   the data folder (default: the console's own)
  --cloud URL     the cloud (default: the embedded sandbox cloud)
  --browser       sign in through the system browser; the address is printed
  Sign-in without a browser: FIELDLINK_EMAIL, FIELDLINK_PASSWORD and, where asked, FIELDLINK_ACCOUNT_NUMBER.
  A profile that is locked with a PIN is opened with FIELDLINK_PIN.

Exit codes: 0 done, 1 fault, 2 usage, 3 done with findings or refusals, 4 the cloud could not be reached.
`;
