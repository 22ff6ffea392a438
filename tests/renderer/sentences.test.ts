import { expect, it } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import { REFUSAL_CODES } from '../../shared/contract/refusals.ts';
import { IMPORT_ISSUE_CODES } from '../../shared/model/import-row.ts';
import { CHANGE_REASONS } from '../../electron/engine/domain/lane.ts';
import { operationKinds } from '../../renderer/client/operation-kinds.ts';
import { issueSentence } from '../../shared/model/import-issue-text.ts';
import { reasonSentence } from '../../renderer/text/outbox-text.ts';
import { refusalSentence } from '../../renderer/text/refusals.ts';

it.each(REFUSAL_CODES)('SHL-5: the refusal %s says what happened and what to do next', (code) => {
  const sentence = refusalSentence({ code, message: '' });
  expect(sentence).toMatch(/^[A-Z].{20,}[.]$/u);
  expect(sentence).not.toMatch(/undefined|NaN|\$\{/u);
});

it('USR-2: an address that is taken is refused in the portal’s own words', () => {
  expect(refusalSentence({ code: 'user.email-in-use', message: '' })).toContain(
    'One or more of the attribute values are already in use',
  );
});

it.each(IMPORT_ISSUE_CODES)('IMP-3: the issue %s has a sentence with and without a detail', (code) => {
  for (const detail of ['', '17']) {
    expect(issueSentence({ code, field: 'email', detail })).toMatch(/^Email: .{10,}[.]$/u);
  }
});

it.each(CHANGE_REASONS.filter((reason) => reason !== ''))(
  'OFF-2: the reason %s has a sentence of its own',
  (reason) => {
    expect(reasonSentence(reason)).toMatch(/[.]$/u);
    expect(reasonSentence(reason)).not.toContain(reason);
  },
);

it('SHL-9: the page knows the kind of every operation of the contract', () => {
  const kinds = Object.entries(contract).map(([area, operations]) => [
    area,
    Object.fromEntries(Object.entries(operations).map(([name, { kind }]) => [name, { kind }])),
  ]);
  expect(operationKinds).toEqual(Object.fromEntries(kinds));
});
