import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { problemDocument } from '../../shared/contract/documents.ts';
import { inlineRows, writeWorkbook } from '../imports/workbook-writer.ts';
import { aCloud, aFolder, childrenOf, hasOpen, runCli, type Ended, type Run } from './run-cli.ts';

const HARBOUR = '100000002';
/** PERF.md 7: what any one process may need for the worst file. */
const MOST_MB = 600;

const sheet = (xml: string): Buffer => writeWorkbook({ sheets: [{ name: 'Users', xml }] });
const compound = (...rest: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048), ...rest]);

type BadFile = readonly [name: string, fileName: string, content: () => Buffer | string, code: string, words: RegExp];

const BAD_FILES: readonly BadFile[] = [
  [
    'an .xlsx that is no zip',
    'a.xlsx',
    () => '\u0000\u0001 this is no zip',
    'import.not-a-spreadsheet',
    /neither an \.xlsx workbook/u,
  ],
  [
    'a zip bomb',
    'bomb.xlsx',
    () => sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>${'<r><t>a</t></r>'.repeat(4_000_000)}</t></is></c></row>`),
    'import.expands-too-far',
    /unpacks to far more/u,
  ],
  ['an empty sheet', 'empty.xlsx', () => sheet(''), 'import.empty', /has no rows/u],
  ['a file without content', 'empty.csv', () => '', 'import.empty', /has no rows/u],
  [
    'a sheet without e-mail addresses',
    'names.xlsx',
    () =>
      sheet(
        inlineRows([
          ['FIRST NAME', 'LAST NAME'],
          ['Ann', 'Lee'],
          ['Bo', 'Marsh'],
        ]),
      ),
    'import.no-email-column',
    /heading EMAIL/u,
  ],
  [
    'a sheet of 200,000 rows',
    'many.xlsx',
    () =>
      sheet(
        inlineRows([['EMAIL']]) +
          Array.from(
            { length: 200_000 },
            (_, row) => `<row r="${row + 2}"><c r="A${row + 2}"><v>${row}</v></c></row>`,
          ).join(''),
      ),
    'import.too-many-rows',
    /too many rows/u,
  ],
  [
    'a workbook with a password',
    'secret.xlsx',
    () => compound(Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(2048)),
    'import.password-protected',
    /Remove the password/u,
  ],
  [
    'an old .xls workbook',
    'old.xls',
    () => compound(Buffer.alloc(2048)),
    'import.not-a-spreadsheet',
    /Save it as \.xlsx or \.csv/u,
  ],
  [
    'half a workbook',
    'half.xlsx',
    () => sheet(inlineRows([['EMAIL'], ['a@b.example']])).subarray(0, 400),
    'import.damaged',
    /is damaged/u,
  ],
];

let on: readonly string[];
beforeEach(async () => {
  const { url } = await aCloud();
  on = ['--account', HARBOUR, '--cloud', url, '--profile', aFolder()];
  const synced = await runCli(['sync', ...on.slice(2)]);
  if (synced.exit !== 0) throw new Error(`the first sync ended with ${synced.exit}: ${synced.stderr}`);
});

function preview(path: string, run: Run = {}): Promise<Ended> {
  return runCli(['import', 'preview', path, ...on, '--json'], run);
}

function expectRefusal(ended: Ended, code: string, words: RegExp): void {
  expect(ended.exit).toBe(3);
  const { problem } = problemDocument.parse(JSON.parse(ended.stdout));
  expect(problem).toMatchObject({ code, sentence: expect.stringMatching(words) as string });
  // The same sentence for a person, and nothing else: no stack, no warning.
  expect(ended.stderr).toBe(`${problem.sentence}\n`);
}

describe('files that cannot be read', () => {
  it.each(BAD_FILES)('CLI-1: refuses %s in its own words', async (_name, fileName, content, code, words) => {
    const path = join(aFolder(), fileName);
    writeFileSync(path, content());
    const ended = await preview(path);
    expectRefusal(ended, code, words);
    expect(ended.peakMb).toBeGreaterThan(20);
    expect(ended.peakMb).toBeLessThan(MOST_MB);
  });

  it('CLI-1: refuses a file that is not there, by its name', async () => {
    const path = join(aFolder(), 'gone.xlsx');
    expectRefusal(await preview(path), 'import.file-gone', /gone\.xlsx” is not there/u);
  });

  it('CLI-1: refuses a folder', async () => {
    const path = join(aFolder(), 'users.xlsx');
    mkdirSync(path);
    expectRefusal(await preview(path), 'import.file-unreadable', /users\.xlsx” is not a file/u);
  });

  it.each([
    ['vanishes', (path: string) => rmSync(path), 'import.file-gone', /is not there, or not any more/u],
    ['is cut short', (path: string) => truncateSync(path, 1000), 'import.file-changed', /changed while it was read/u],
  ])('CLI-1: refuses a file that %s while it is read', async (_name, change, code, words) => {
    const path = join(aFolder(), 'users.csv');
    writeFileSync(path, `EMAIL,NAME\n${manyRows(60_000)}`);
    let isCaught = false;
    const ended = await preview(path, {
      watch: (pid) => {
        const reader = isCaught ? undefined : childrenOf(pid).find((child) => hasOpen(child, path));
        if (reader === undefined) return;
        // Held in the middle of its work, so that it is certain what comes first.
        process.kill(reader, 'SIGSTOP');
        isCaught = hasOpen(reader, path);
        if (isCaught) change(path);
        process.kill(reader, 'SIGCONT');
      },
    });
    expect(isCaught).toBe(true);
    expectRefusal(ended, code, words);
  });

  it('CLI-1: leaves nothing of a refused file behind', async () => {
    const path = join(aFolder(), 'bad.xlsx');
    writeFileSync(path, 'PK\u0003\u0004 and then nothing');
    expectRefusal(await preview(path), 'import.damaged', /is damaged/u);
    const { stdout } = await runCli(['outbox', 'list', ...on.slice(2), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ changes: [], imports: [] });
  });
});

/** Near the largest file that is read: the reader is busy with it for a good while. */
function manyRows(count: number): string {
  const filler = 'x'.repeat(400);
  return Array.from({ length: count }, (_, row) => `user${row}@customer.example,${filler}\n`).join('');
}
