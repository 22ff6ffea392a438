import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportId } from '../../shared/model/ids.ts';
import { ACCOUNT, allRows, startDesk } from './desk-harness.ts';
import type { DeskHarness } from './desk-harness.ts';

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => harness.close());

const NO_SIGNAL = new AbortController().signal;

async function paste(text: string): Promise<ImportId> {
  const opened = await harness.desk.openText({ accountLid: ACCOUNT, text }, NO_SIGNAL);
  if (!opened.ok) throw new Error(`refused: ${opened.refusal.code}`);
  return opened.value.id;
}

/** Names and addresses of the preview, row by row. */
async function people(id: string): Promise<readonly string[]> {
  return (await allRows(harness.desk, id)).map(({ values }) =>
    [values.firstName, values.lastName, values.name, values.email].filter((text) => text !== '').join('|'),
  );
}

const CASES: readonly (readonly [name: string, text: string, people: readonly string[]])[] = [
  [
    'cells of a spreadsheet',
    'First name\tLast name\tE-mail\r\nAnn\tAsh\tann@customer.example\r\nBo\tBirch, Jr; x\tbo@customer.example\r\n',
    ['Ann|Ash|ann@customer.example', 'Bo|Birch, Jr; x|bo@customer.example'],
  ],
  [
    'cells with line breaks, tabs and quotation marks',
    'Name\tEmail\n"Ann\nAsh"\tann@customer.example\n"Bo ""B""\tBirch"\tbo@customer.example\n5" Cid\tcid@customer.example',
    ['Ann Ash|ann@customer.example', 'Bo "B" Birch|bo@customer.example', '5" Cid|cid@customer.example'],
  ],
  ['delimited text', 'NAME;EMAIL\nAnn;ann@customer.example\n', ['Ann|ann@customer.example']],
  [
    'addresses, one in a line',
    'ann@customer.example\n\nbo@customer.example\r\nmailto:cid@customer.example',
    ['ann@customer.example', 'bo@customer.example', 'cid@customer.example'],
  ],
  [
    'addresses of a mail program',
    'Ann Ash <ann@customer.example>; "Birch, Bo" <bo@customer.example>, Cedar, Cid <cid@customer.example>;dee@customer.example;',
    [
      ...['Ann Ash|ann@customer.example', 'Birch, Bo|bo@customer.example', 'Cedar, Cid|cid@customer.example'],
      'dee@customer.example',
    ],
  ],
];

describe('pasted lists', () => {
  it.each(CASES)('IMP-2: reads %s', async (_name, text, expected) => {
    expect(await people(await paste(text))).toEqual(expected);
  });

  it('IMP-2: what was pasted can be read in another way after a restart, and goes with the preview', async () => {
    const id = await paste('NAME;EMAIL\nAnn, Ash;ann@customer.example\n');
    harness = harness.restart();
    const reread = await harness.desk.reread(
      id,
      { delimiter: ',', mapping: [{ index: 1, field: 'email' }] },
      NO_SIGNAL,
    );
    expect([reread.ok, (await people(id))[0]]).toEqual([true, 'Ash;ann@customer.example']);
    await harness.desk.reread(id, { delimiter: ';' }, NO_SIGNAL);
    expect(await people(id)).toEqual(['Ann, Ash|ann@customer.example']);
    const texts = harness.repositories.journal.sql.prepare('SELECT count(*) AS count FROM import_texts');
    expect(texts.get()).toEqual({ count: 1 });
    await harness.desk.cancel(id);
    expect(texts.get()).toEqual({ count: 0 });
  });

  it('IMP-2: a list of addresses can be read as a table, and back', async () => {
    const id = await paste('ann@customer.example;bo@customer.example\ncid@customer.example;dee@customer.example');
    expect(await people(id)).toHaveLength(4);
    await harness.desk.reread(id, { delimiter: ';' }, NO_SIGNAL);
    expect(await people(id)).toEqual(['ann@customer.example', 'cid@customer.example']);
  });

  it.each([
    ['words', 'import.no-email-column'],
    ['\u0000\u0001', 'import.not-a-spreadsheet'],
    [' \n\t\n', 'import.empty'],
    ['<html><table></table></html>', 'import.not-a-spreadsheet'],
  ])('IMP-2: refuses %j and keeps nothing of it but a list without addresses', async (text, code) => {
    const opened = await harness.desk.openText({ accountLid: ACCOUNT, text }, NO_SIGNAL);
    expect(opened.ok ? '' : opened.refusal.code).toBe(code);
    const texts = harness.repositories.journal.sql.prepare('SELECT count(*) AS count FROM import_texts');
    expect(texts.get()).toEqual({ count: code === 'import.no-email-column' ? 1 : 0 });
  });
});
