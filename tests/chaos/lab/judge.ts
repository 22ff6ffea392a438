import type { SandboxOracle } from '../../../electron/sandbox/oracle.ts';
import type { LogEntry } from '../../../electron/sandbox/database/records.ts';
import type { Deed, Edit, Standing } from './deed.ts';

export type Finding = { readonly invariant: string; readonly what: string };

export type World = {
  readonly oracle: SandboxOracle;
  readonly deeds: readonly Deed[];
  readonly standings: readonly Standing[];
};

/** Every promise of SYNC 4.1 that can be judged from outside, when all is quiet. */
export function judge(world: World): readonly Finding[] {
  const log = world.oracle.log();
  return [
    ...judgeAdditions(world, log),
    ...judgeEdits(world, log),
    ...judgeOverwrites(world, log),
    ...world.standings.flatMap((standing) => judgeStanding(world.oracle, standing)),
    ...judgeRepeats(world.oracle),
  ];
}

type Record = Readonly<{ [field: string]: unknown }>;

function text(record: Record | null, field: string): string {
  const value = record?.[field];
  return typeof value === 'string' ? value : '';
}

/** I1, I2, I6: everything that was added is there once, and where it belongs. */
function judgeAdditions({ oracle, deeds, standings }: World, log: readonly LogEntry[]): readonly Finding[] {
  const findings: Finding[] = [];
  const stopped = new Set(standings.flatMap((one) => one.stopped.map(({ name }) => name)));
  const commits = new Map<string, number>();
  for (const { op, type, after } of log) {
    const name = type === 'user' ? text(after, 'email') : text(after, 'name');
    if (op === 'add') commits.set(name, (commits.get(name) ?? 0) + 1);
  }
  const customers = new Map(oracle.accounts().map((account) => [text(account, 'accountId'), text(account, 'name')]));
  const homes = new Map<string, string[]>();
  for (const [id, name] of customers)
    for (const user of oracle.users(id))
      homes.set(text(user, 'email'), [...(homes.get(text(user, 'email')) ?? []), name]);
  const expect = (name: string, isDone: boolean): void => {
    const count = commits.get(name) ?? 0;
    if (count > 1) findings.push({ invariant: 'I1', what: `${name} was made ${count} times` });
    if (count === 0 && isDone && !stopped.has(name)) findings.push({ invariant: 'I2', what: `${name} is lost` });
  };
  for (const deed of deeds) {
    if (deed.kind === 'customer') expect(deed.name, deed.isDone);
    if (deed.kind === 'upload') for (const email of deed.emails) expect(email, deed.isDone);
    if (deed.kind !== 'add') continue;
    expect(deed.email, deed.isDone);
    const at = homes.get(deed.email);
    if (at && deed.customer !== '' && at[0] !== deed.customer)
      findings.push({ invariant: 'I6', what: `${deed.email} belongs to ${deed.customer} and is at ${at.join(', ')}` });
  }
  for (const [email, at] of homes)
    if (at.length > 1) findings.push({ invariant: 'I1', what: `${email} is there ${at.length} times` });
  return findings;
}

/** I2 and I7: every value arrived, was followed by a newer one of the same person, or stands in front of the person; in order. */
function judgeEdits({ deeds, standings }: World, log: readonly LogEntry[]): readonly Finding[] {
  const findings: Finding[] = [];
  const arrived = new Map<string, number[]>();
  for (const { seq, before, after } of log) {
    const value = text(after, 'mobile');
    if (value !== '' && value !== text(before, 'mobile')) arrived.set(value, [...(arrived.get(value) ?? []), seq]);
  }
  for (const [key, edits] of Map.groupBy(deeds.filter(isEdit), (edit) => `${edit.console} ${edit.email}`)) {
    const standing = standings.find((one) => one.console === edits[0]?.console);
    const isStopped = standing?.stopped.some(({ name }) => name === edits[0]?.email) ?? false;
    const undoneAt = Math.max(-1, ...undos(deeds, key));
    const lastArrived = edits.findLastIndex(({ value }) => arrived.has(value));
    let last = 0;
    for (const [index, { value, isDone, n }] of edits.entries()) {
      const times = arrived.get(value) ?? [];
      if (times.length > 1)
        findings.push({ invariant: 'I1', what: `${key} = ${value} was written ${times.length} times` });
      if (times[0] !== undefined && times[0] < last)
        findings.push({ invariant: 'I7', what: `${key} = ${value} was written after a newer value` });
      last = times[0] ?? last;
      if (isDone && times.length === 0 && index > lastArrived && !isStopped && n > undoneAt)
        findings.push({ invariant: 'I2', what: `${key} = ${value} is lost` });
    }
  }
  return findings;
}

function isEdit(deed: Deed): deed is Edit {
  return deed.kind === 'edit';
}

function undos(deeds: readonly Deed[], key: string): readonly number[] {
  return deeds.flatMap((deed) => (deed.kind === 'undo' && `${deed.console} ${deed.email}` === key ? [deed.n] : []));
}

/** I3: what a change replaced is what its person saw, and nothing beside it was touched. */
function judgeOverwrites({ deeds }: World, log: readonly LogEntry[]): readonly Finding[] {
  const findings: Finding[] = [];
  const edits = deeds.filter(isEdit);
  const byValue = new Map(edits.map((edit) => [edit.value, edit]));
  for (const { op, before, after } of log) {
    const value = text(after, 'mobile');
    const edit = byValue.get(value);
    if (op !== 'replace' || !edit || value === text(before, 'mobile')) continue;
    const earlier = edits.filter(
      ({ console, email, n }) => console === edit.console && email === edit.email && n <= edit.n,
    );
    const insisted = deeds.flatMap((deed) =>
      deed.kind === 'insist' && deed.console === edit.console && deed.email === edit.email ? [deed.seen] : [],
    );
    const known = new Set([
      ...earlier.flatMap((one) => (one === edit ? [one.seen] : [one.seen, one.value])),
      ...insisted,
    ]);
    const replaced = text(before, 'mobile');
    if (!known.has(replaced))
      findings.push({
        invariant: 'I3',
        what: `${edit.email}: ${value} replaced ${replaced}, which ${edit.console} never saw`,
      });
    if (text(before, 'extension') !== text(after, 'extension'))
      findings.push({ invariant: 'I3', what: `${edit.email}: the extension was changed along with the number` });
  }
  return findings;
}

/** I4, I5, I11, I14: nothing waits, the screen is the cloud, both files and the audit are whole. */
function judgeStanding(oracle: SandboxOracle, standing: Standing): readonly Finding[] {
  const findings: Finding[] = [];
  const { console, waitingCount, stopped, integrity, brokenAudit } = standing;
  if (waitingCount > 0) findings.push({ invariant: 'I5', what: `${console}: ${waitingCount} changes still wait` });
  for (const line of integrity) if (line !== 'ok') findings.push({ invariant: 'I11', what: `${console}: ${line}` });
  if (brokenAudit !== null) findings.push({ invariant: 'I14', what: `${console}: the audit breaks at ${brokenAudit}` });
  const names = new Set(stopped.map(({ name }) => name));
  const isQuiet = (line: string): boolean => !names.has(line.split('|')[1] ?? '');
  const there = new Set(serverLines(oracle).filter(isQuiet));
  const shown = new Set(standing.shown.filter(isQuiet));
  const missing = [...there].filter((line) => !shown.has(line));
  const extra = [...shown].filter((line) => !there.has(line));
  if (missing.length + extra.length > 0) {
    const what = `${console} does not show ${missing.slice(0, 3).join(' ; ')} (${missing.length}) and shows ${extra.slice(0, 3).join(' ; ')} (${extra.length})`;
    findings.push({ invariant: 'I4', what });
  }
  return findings;
}

export function serverLines(oracle: SandboxOracle): readonly string[] {
  return oracle.accounts().flatMap((account) => {
    const id = text(account, 'accountId');
    return oracle.users(id).map((user) => lineOf(id, user));
  });
}

/** One user as both sides write it down for I4. */
export function lineOf(accountSid: string, user: Record): string {
  return [accountSid, text(user, 'email'), text(user, 'mobile'), text(user, 'extension')].join('|');
}

/** I8: one key, one request. */
export function judgeRepeats(oracle: SandboxOracle): readonly Finding[] {
  const requests = new Map<string, string>();
  const findings: Finding[] = [];
  const look = (key: string, request: string): void => {
    const first = requests.get(key);
    if (first === undefined) requests.set(key, request);
    else if (first !== request) findings.push({ invariant: 'I8', what: `key ${key} was sent with two requests` });
  };
  for (const { idempotencyKey, method, target, bodyHash, ifMatch, operations } of oracle.requests()) {
    if (idempotencyKey !== null) look(idempotencyKey, `${method} ${target} ${bodyHash} ${ifMatch}`);
    for (const { key, hash } of operations) if (key !== '') look(key, hash);
  }
  return findings;
}

/** All that was asked and all that was committed for the records of these findings. */
export function traceOf(findings: readonly Finding[], deeds: readonly Deed[], log: readonly LogEntry[]): string[] {
  const names = findings.flatMap(({ what }) => what.match(/[\w.]+@[\w.]+example/gu) ?? []);
  const isAbout = (line: string): boolean => names.some((name) => line.includes(name));
  return [...deeds, ...log]
    .map((entry) => JSON.stringify(entry))
    .filter(isAbout)
    .slice(-60);
}
