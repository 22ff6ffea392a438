import { expect, openImport, test } from '../harness/browser-test.ts';

const CELLS =
  'First name\tLast name\tE-mail\nMaren\tAchterberg\tmaren.achterberg@harbour.example\nRowan\tPike\trowan.pike\n';

test('IMP-2: cells copied from a spreadsheet are pasted with Ctrl+V and become a preview', async ({ page, desk }) => {
  await openImport(page, desk);
  await page.evaluate((cells) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', cells);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, CELLS);
  await expect(page.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /maren\.achterberg@/u })).toBeVisible();
  await expect(page.getByLabel('Encoding')).toBeHidden();
});

test('IMP-2: the Paste button reads a list of addresses, and says when nothing was copied', async ({ page, desk }) => {
  await openImport(page, desk);
  const paste = page.getByRole('button', { name: 'Paste', exact: true });
  await paste.press('Enter');
  await expect(page.getByText(/There is no text on the clipboard/u)).toBeVisible();
  desk.server.copied.push('Ann Ash <ann.ash@harbour.example>; Bo Birch <bo.birch@harbour.example>');
  await paste.press('Enter');
  await expect(page.getByRole('gridcell', { name: /bo\.birch@harbour\.example/u })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /Ann Ash/u })).toBeVisible();
});

test('IMP-2: Ctrl+V in a field goes into the field', async ({ page, desk }) => {
  await openImport(page, desk);
  await page.keyboard.press('Control+k');
  const search = page.getByRole('dialog').locator('input').first();
  await search.focus();
  await page.evaluate((cells) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', cells);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, CELLS);
  await page.keyboard.press('Escape');
  await expect(page.getByText('No import is open.', { exact: false })).toBeVisible();
});
