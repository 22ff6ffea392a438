import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { changed, contract, CONTRACT_VERSION } from '../../shared/contract/contract.ts';
import { REFUSAL_CODES } from '../../shared/contract/refusals.ts';
import type { Operation } from '../../shared/rpc/operation.ts';

const FILE = fileURLToPath(new URL('contract.snapshot.json', import.meta.url));
const operations: readonly (readonly [string, Operation])[] = Object.entries(contract).flatMap(([area, all]) =>
  Object.entries(all as Record<string, Operation>).map(([name, operation]) => [`${area}.${name}`, operation] as const),
);

type Snapshot = { readonly version: number; readonly operations: Record<string, unknown>; readonly changed: unknown };

function snapshot(): Snapshot {
  const described = operations.map(([name, operation]) => [name, describeOperation(operation)]);
  return { version: CONTRACT_VERSION, operations: Object.fromEntries(described), changed: z.toJSONSchema(changed) };
}

function describeOperation(operation: Operation): unknown {
  return {
    kind: operation.kind,
    ...(operation.kind === 'command' ? { permission: operation.permission, refusals: operation.refusals } : {}),
    input: z.toJSONSchema(operation.input, { io: 'input' }),
    output: z.toJSONSchema(operation.output),
  };
}

// FIELDLINK_UPDATE_SNAPSHOTS=1 writes the file anew: after CONTRACT_VERSION was raised, or before a first release.
test('CONTRACT: the interface between page and engine is the one in contract.snapshot.json', () => {
  const now = snapshot();
  if (process.env['FIELDLINK_UPDATE_SNAPSHOTS'] || !existsSync(FILE))
    writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
  const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Snapshot;
  const advice =
    now.version === kept.version
      ? 'The contract changed: raise CONTRACT_VERSION in shared/contract/contract.ts, then run with FIELDLINK_UPDATE_SNAPSHOTS=1.'
      : 'CONTRACT_VERSION was raised: run with FIELDLINK_UPDATE_SNAPSHOTS=1 and review the difference.';
  // The advice is part of the value, so that it stands in the difference.
  const isSame = JSON.stringify(now) === JSON.stringify(kept);
  expect({ advice: isSame ? '' : advice, contract: JSON.parse(JSON.stringify(now)) }).toEqual({
    advice: '',
    contract: kept,
  });
});

test('CONTRACT: every refusal code belongs to an operation, and none appears twice', () => {
  const used = new Set(operations.flatMap(([, operation]) => (operation.kind === 'command' ? operation.refusals : [])));
  expect(REFUSAL_CODES.filter((code) => !used.has(code))).toEqual([]);
  expect(new Set(REFUSAL_CODES).size).toBe(REFUSAL_CODES.length);
});

test('CONTRACT: a command that needs a permission may be refused for it', () => {
  const silent = operations.filter(
    ([, operation]) =>
      operation.kind === 'command' &&
      operation.permission !== null &&
      !operation.refusals.includes('permission.denied'),
  );
  expect(silent.map(([name]) => name)).toEqual([]);
});

test('CONTRACT: no operation takes an input it does not name', () => {
  const lenient = operations.filter(([, { input }]) => input.safeParse({ zz_unknown: 1 }).success);
  expect(lenient.map(([name]) => name)).toEqual([]);
});
