import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inlineRows, writeWorkbook } from '../../imports/workbook-writer.ts';
import { writeZip } from '../../imports/zip-writer.ts';
import { choose, expect, openImport, test } from '../harness/browser-test.ts';

const workbook = (xml: string): Buffer => writeWorkbook({ sheets: [{ name: 'Users', xml }] });
const encrypted = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(2000),
  Buffer.from('EncryptedPackage', 'utf16le'),
]);

const FILES: readonly (readonly [name: string, content: (() => string | Buffer) | null, sentence: RegExp])[] = [
  [
    'photo.xlsx',
    () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    /is not a spreadsheet that can be read\. Save it as/u,
  ],
  [
    'bomb.xlsx',
    () => workbook(`<row r="1"><c t="inlineStr"><is><t>${'<r><t>a</t></r>'.repeat(4_000_000)}</t></is></c></row>`),
    /unpacks to far more than a list of users can be/u,
  ],
  ['empty.xlsx', () => workbook('<row r="1"><c r="A1"/></row>'), /The sheet has no rows\. Fill in the users/u],
  ['headings-only.xlsx', () => workbook(inlineRows([['NAME', 'EMAIL']])), /The sheet has no rows\. Fill in the users/u],
  [
    'many.csv',
    () => `EMAIL\n${'a@harbour.example\n'.repeat(200_000)}`,
    /has 200,00[01] rows, more than one import takes \(100,000\)/u,
  ],
  ['secret.xlsx', () => encrypted, /protected with a password\. Remove the password/u],
  [
    'zip-secret.xlsx',
    () => writeZip([{ name: 'xl/workbook.xml', content: 'x', flags: 1 }]),
    /protected with a password\. Remove the password/u,
  ],
  [
    'torn.csv',
    () => 'NAME,EMAIL\nAnn,ann@harbour.example\n"Ben,ben@harbour.example\n',
    /damaged at row 3 and could not be read to the end/u,
  ],
  ['gone.xlsx', null, /The file is no longer where it was/u],
];

test('IMP-2: every file that cannot be read has a sentence of its own, and the next file is read', async ({
  page,
  desk,
}) => {
  await openImport(page, desk);
  for (const [name, content, sentence] of FILES) {
    await test.step(name, async () => {
      const path = join(desk.folder, name);
      if (content) writeFileSync(path, content());
      await choose(page, desk, path);
      await expect(page.getByRole('alert')).toContainText(`${name} could not be read`);
      await expect(page.getByRole('alert')).toContainText(sentence);
    });
  }
  await expect(page.getByText('No import is open.', { exact: false })).toBeVisible();
  const good = join(desk.folder, 'good.csv');
  writeFileSync(good, 'NAME,EMAIL\nAnn,ann@harbour.example\n');
  await choose(page, desk, good);
  await expect(page.getByText('No errors found')).toBeVisible();
});
