import { expect, test } from 'vitest';
import { suggestedName } from './suggested-name.ts';

test.each([
  ['Harbour Logistics users.xlsx', 'Harbour Logistics users.xlsx'],
  ['A / B: the "new" one plan.json', 'A B the new one plan.json'],
  ['a\tb\u0000c\r\nd.csv', 'a b c d.csv'],
  ['  Staff list .xlsx ', 'Staff list.xlsx'],
  ['...hidden.csv', 'hidden.csv'],
  ['..\\..\\evil.xlsx', 'evil.xlsx'],
  ['Acme Inc. users.xlsx', 'Acme Inc. users.xlsx'],
  ['list.xlsx. . ', 'list.xlsx'],
  ['Bestandsliste März 2026 with outcome.xlsm', 'Bestandsliste März 2026 with outcome.xlsm'],
  ['PBX: old.fieldlink-recipe.json', 'PBX old.fieldlink-recipe.json'],
  ['list without a dot', 'list without a dot'],
])('IMP-9: %j is suggested as %j', (wanted, suggested) => {
  expect(suggestedName(wanted)).toBe(suggested);
});

test.each([
  ['/// users.xlsx', 'users.xlsx'],
  ['???.fieldlink-recipe.json', 'fieldlink-recipe.json'],
  ['.xlsx', 'Fieldlink.xlsx'],
  [' ', 'Fieldlink'],
  ['', 'Fieldlink'],
])('IMP-9: of %j something is left to save under: %j', (wanted, suggested) => {
  expect(suggestedName(wanted)).toBe(suggested);
});

test.each([
  ['con.json', 'con_.json'],
  ['NUL', 'NUL_'],
  ['LPT1.fieldlink-recipe.json', 'LPT1_.fieldlink-recipe.json'],
  ['Com¹ .xlsx', 'Com¹_.xlsx'],
  ['Contoso.json', 'Contoso.json'],
  ['COM10.json', 'COM10.json'],
  ['con users.xlsx', 'con users.xlsx'],
])('IMP-9: no name of a Windows device: %j becomes %j', (wanted, suggested) => {
  expect(suggestedName(wanted)).toBe(suggested);
});

test('IMP-9: signs that turn the direction of the text cannot disguise an extension', () => {
  expect(suggestedName('people\u202Excod\u2069.xlsx')).toBe('peoplexcod.xlsx');
});

test.each([
  ['letters', 'x'.repeat(400)],
  ['words of three bytes', '漢字 '.repeat(90)],
  ['signs of two units', '🏝'.repeat(300)],
  ['of a million signs', 'long '.repeat(200_000)],
])('IMP-9: a name that is too long keeps its beginning, what it is and its extension: %s', (_, account) => {
  const name = suggestedName(`${account} acceptance sheet.xlsx`);
  expect(Array.from(name).length).toBeLessThanOrEqual(120);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
  expect(name.slice(0, 2)).toBe(account.slice(0, 2));
  expect(name.endsWith(' acceptance sheet.xlsx')).toBe(true);
  expect(name).not.toMatch(/\p{Surrogate}/u);
  expect(suggestedName(name)).toBe(name);
});

test('IMP-9: the copy of a sheet with a long name is never suggested under the name of the sheet', () => {
  for (let length = 80; length < 200; length += 1) {
    const stem = 'n'.repeat(length);
    expect(suggestedName(`${stem} with outcome.xlsx`)).not.toBe(suggestedName(`${stem}.xlsx`));
  }
});
