import { describe, expect, test } from 'vitest';
import { FAULT_KINDS, type FaultRule } from '../../shared/cloud/sandbox-control.ts';
import { addAccount, addUser, changesOf, editUser, freeUsers, serverUser } from '../harness/edits.ts';
import { MODES } from '../harness/capability-modes.ts';
import { engineIn } from '../harness/modes.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { accountIdOf, aFault, harbourId } from '../sandbox/sandbox-client.ts';

const ROWS = 120;

/** Everything a morning offline leaves behind: single edits, a new customer with people, an import. Returns how to ask what became of it. */
async function work(engine: TestEngine) {
  await engine.setOffline(true);
  const edited = await freeUsers(engine, 4);
  for (const [index, { id }] of edited.entries()) await editUser(engine, id, { mobile: `+1555010${index}` });
  for (let index = 0; index < 6; index += 1) await addUser(engine, `Single${index}`);
  const customer = await addAccount(engine, 'Fault Customer');
  for (let index = 0; index < 3; index += 1) await addUser(engine, `Theirs${index}`, { accountId: customer });
  queueUpload(engine, ROWS);
  return async () => {
    const log = engine.sandbox.oracle.log();
    const names = log.flatMap(({ op, after }) => (op === 'add' ? [nameOf(after)] : []));
    const { waitingCount, attentionCount } = await engine.client.sync.status({ accountId: null });
    return {
      ...{ waitingCount, attentionCount, queue: await changesOf(engine) },
      ...{ added: names.length, distinct: new Set(names).size },
      replaced: log.filter(({ op }) => op === 'replace').length,
      mobiles: edited.map(({ sid }) => serverUser(engine, sid)?.['mobile']),
      isParentFirst: names.indexOf('Fault Customer') < names.indexOf('theirs0@new.example'),
      isMirror: (await shown(engine)) === there(engine),
      ...{ faults: engine.log, brokenAudit: engine.engine.repositories.audit.firstBroken() },
    };
  };
}

const EXACTLY_ONCE = {
  ...{ waitingCount: 0, attentionCount: 0, queue: [] },
  ...{ added: 6 + 1 + 3 + ROWS, distinct: 6 + 1 + 3 + ROWS },
  replaced: 4,
  mobiles: ['+15550100', '+15550101', '+15550102', '+15550103'],
  isParentFirst: true,
  isMirror: true,
  ...{ faults: [], brokenAudit: null },
};

function nameOf(record: unknown): string {
  const { email, name } = record as { email?: string; name: string };
  return email ?? name;
}

/** Every line of the account on the screen. */
async function shown(engine: TestEngine): Promise<string> {
  const accountId = engine.account();
  const lines: string[] = [];
  for (let offset = 0; ; offset += 200) {
    const { rows, total } = await engine.client.users.page({ accountId, offset, limit: 200 });
    lines.push(...rows.map(({ email, pending }) => `${email} ${pending}`));
    if (lines.length >= total || rows.length === 0) break;
  }
  return lines.toSorted().join('\n');
}

function there(engine: TestEngine): string {
  const users = engine.sandbox.oracle.users(harbourId(engine.sandbox));
  return users
    .map(({ email }) => `${String(email)} null`)
    .toSorted()
    .join('\n');
}

const PARAMETERS: Partial<Record<FaultRule['kind'], Partial<FaultRule>>> = {
  delay: { delayMs: 30 },
  'rate-limit': { retryAfterSeconds: 2 },
  // Each one ends by the client's own limit only.
  'no-answer': { probability: 0.1 },
  'operation-errors': { share: 0.2 },
  unavailable: { retryAfterSeconds: 2, isRetryAfterDate: true },
};

describe.each(MODES)('%s', (name, mode) => {
  test.each(FAULT_KINDS)('OFF-2 L1: with %s on a third of all writes everything arrives exactly once', async (kind) => {
    const engine = await engineIn(mode, { seed: 7 });
    const outcome = await work(engine);
    const rule = { kind, probability: 0.34, ...PARAMETERS[kind] };
    engine.sandbox.configure({
      faults: [
        aFault({ ...rule, method: 'PATCH' }),
        aFault({ ...rule, method: 'POST', path: 'users' }),
        // Two customers may have the same name: without keys nobody can tell that the network delivered one of them twice.
        ...(kind === 'duplicate' && name === 'with none'
          ? []
          : [aFault({ ...rule, method: 'POST', path: 'accounts' })]),
      ],
    });
    await engine.setOffline(false);
    await engine.settled();
    // A delay is not noted as a fault: the answer is the real one.
    const isHit = kind === 'delay' || engine.sandbox.oracle.requests().some(({ fault }) => fault === kind);
    expect(isHit).toBe(true);
    engine.sandbox.configure({ faults: [] });
    await engine.client.sync.now({ accountId: engine.account() });
    await engine.settled();
    expect(await outcome()).toEqual(EXACTLY_ONCE);
  });

  test('OFF-2 L1: when reads and writes, token and all fail in every way at once, everything arrives exactly once', async () => {
    const engine = await engineIn(mode, { seed: 11 });
    const outcome = await work(engine);
    engine.sandbox.configure({
      accessTokenSeconds: 20,
      faults: FAULT_KINDS.filter((kind) => kind !== 'duplicate').map((kind) =>
        // Each kind its share of a third of all requests; those that are silent for half a minute make a run long.
        aFault({ kind, ...PARAMETERS[kind], probability: 0.016 }),
      ),
    });
    await engine.setOffline(false);
    await engine.settled();
    engine.sandbox.configure({ faults: [] });
    await engine.client.sync.now({ accountId: engine.account() });
    await engine.settled();
    expect(await outcome()).toEqual(EXACTLY_ONCE);
  });
});

test('OFF-2 L1: the customer of another account is not touched', async () => {
  const engine = await engineIn({});
  const outcome = await work(engine);
  const before = engine.sandbox.oracle.users(accountIdOf(engine.sandbox, '100000004'));
  await engine.setOffline(false);
  await engine.settled();
  expect(await outcome()).toEqual(EXACTLY_ONCE);
  expect(engine.sandbox.oracle.users(accountIdOf(engine.sandbox, '100000004'))).toEqual(before);
});
