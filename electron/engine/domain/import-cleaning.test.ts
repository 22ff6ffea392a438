import { describe, expect, it } from 'vitest';
import type { ImportField } from '../../../shared/model/import-row.ts';
import { cleanCell } from './import-cleaning.ts';

const CASES: readonly (readonly [
  name: string,
  field: ImportField,
  raw: string,
  text: string,
  codes: readonly string[],
])[] = [
  ['a clean name', 'name', 'Ann Ash', 'Ann Ash', []],
  ['letters of any script', 'name', 'Zoë Ångström 田中', 'Zoë Ångström 田中', []],
  ['inner double spaces', 'name', 'Ann  Ash', 'Ann  Ash', []],
  ['an empty cell', 'name', '', '', []],
  ['spaces around', 'firstName', '  Ann ', 'Ann', ['spaces-trimmed']],
  ['only spaces', 'firstName', '   ', '', ['spaces-trimmed']],
  ['no-break spaces around', 'firstName', '\u00A0Ann\u00A0', 'Ann', ['spaces-trimmed']],
  ['a no-break space within', 'name', 'Ann\u00A0Ash', 'Ann Ash', ['invisible-removed']],
  ['a zero-width space', 'email', 'ann@customer.example\u200B', 'ann@customer.example', ['invisible-removed']],
  ['a byte order mark', 'email', '\uFEFFann@customer.example', 'ann@customer.example', ['invisible-removed']],
  ['direction marks', 'name', '\u200EAnn\u202C', 'Ann', ['invisible-removed']],
  ['a line break within', 'name', 'Ann\r\nAsh', 'Ann Ash', ['invisible-removed']],
  ['a line break at the end', 'name', 'Ann\r\n', 'Ann', ['spaces-trimmed']],
  ['a joiner in a Latin word', 'name', 'A\u200Dnn', 'Ann', ['invisible-removed']],
  ['a joiner that a Persian name needs', 'name', 'علی\u200Cرضا', 'علی\u200Cرضا', []],
  ['a mailto link', 'email', 'mailto:ann@customer.example?subject=Hi', 'ann@customer.example', ['mailto-removed']],
  [
    'a mailto link with spaces',
    'email',
    ' MAILTO:ann%40customer.example',
    'ann@customer.example',
    ['spaces-trimmed', 'mailto-removed'],
  ],
  ['the word in a name', 'name', 'mailto:ann', 'mailto:ann', []],
  ['letters that were read wrongly', 'name', 'ZoÃ« MÃ¼ller', 'Zoë Müller', ['mojibake-repaired']],
  ['such letters with blanks around them', 'lastName', ' MÃ¼ller ', 'Müller', ['mojibake-repaired', 'spaces-trimmed']],
  ['Last, First', 'name', 'Ash, Ann', 'Ash, Ann', []],
  ['a typographic apostrophe in a name', 'lastName', 'O’Neil', 'O’Neil', []],
  ['an apostrophe before a name', 'lastName', "'t Hart", "'t Hart", []],
  ['an apostrophe against formulas', 'name', "'=Ann", '=Ann', ['quotes-removed']],
  ['quotation marks around a name', 'name', '“Ann Ash”', 'Ann Ash', ['quotes-removed']],
  ['quotation marks within a name', 'name', 'Ann “Annie” Ash', 'Ann “Annie” Ash', []],
  ['a wide Latin name', 'name', 'Ａｎｎ　Ａｓｈ', 'Ann Ash', ['invisible-removed', 'width-changed']],
  ['wide letters beside other scripts', 'name', '田中Ａ', '田中Ａ', []],
  ['an error of a spreadsheet', 'name', '#N/A', '#N/A', ['cell-error']],
  ['an error in German', 'email', '#BEZUG!', '#BEZUG!', ['cell-error']],
  ['a column that was too narrow', 'extension', '#####', '#####', ['cell-error']],
  ['a number sign in a name', 'name', '#1 Ann', '#1 Ann', []],
  [
    'a full address of a mail program',
    'email',
    'Ann Ash <ann@customer.example>',
    'ann@customer.example',
    ['address-extracted'],
  ],
  ['an address in brackets', 'email', '<ann@customer.example>;', 'ann@customer.example', ['address-extracted']],
  ['blanks within an address', 'email', 'ann @ customer. example', 'ann@customer.example', ['address-extracted']],
  ['an address in quotation marks', 'email', '„ann@customer.example“', 'ann@customer.example', ['quotes-removed']],
  ['a wide address', 'email', 'ann＠customer．example', 'ann@customer.example', ['width-changed']],
  [
    'a bent apostrophe in an address',
    'email',
    'o’neil@customer.example',
    'o’neil@customer.example',
    ['quotes-changed'],
  ],
  ['two addresses', 'email', 'a@customer.example, b@customer.example', 'a@customer.example, b@customer.example', []],
  ['the word that clears', 'email', '<clear>', '<clear>', []],
  ['the word that clears a number', 'mobile', '<clear>', '<clear>', []],
  ['the word that clears an extension', 'extension', '<clear>', '<clear>', []],
  ['a mobile number with signs', 'mobile', '+44 (0)20 7946-0123', '+442079460123', ['number-tidied']],
  ['a wide mobile number', 'mobile', '＋４４２０７９４６０１２３', '+442079460123', ['width-changed']],
  ['a lost plus', 'mobile', '442079460123', '442079460123', ['plus-lost']],
  ['an apostrophe before digits', 'extension', "'0471", '0471', ['quotes-removed']],
  ['a date that was an extension', 'extension', '01. Feb', '01. Feb', ['date-read']],
  ['a rounded number', 'mobile', '4.47E+11', '4.47E+11', ['digits-lost']],
  ['an exponent in a name', 'name', '4.47E+11', '4.47E+11', []],
];

describe('import cleaning', () => {
  it.each(CASES)('IMP-3: cleans %s', (_name, field, raw, text, codes) => {
    const cleaned = cleanCell(field, raw);
    expect([cleaned.text, cleaned.notes.map((note) => note.code)]).toEqual([text, codes]);
    for (const note of cleaned.notes) expect(note).toMatchObject({ field, detail: raw });
  });

  it('IMP-3: suggests what may have been meant, and does not do it', () => {
    const facts = { length: 4, prefixes: new Set<string>() };
    expect([
      cleanCell('mobile', '442079460123').notes[0]?.suggestion,
      cleanCell('extension', '71', facts).notes[0]?.suggestion,
      cleanCell('email', 'o’neil@customer.example').notes[0]?.suggestion,
      cleanCell('name', ' Ann').notes[0]?.suggestion,
    ]).toEqual(['+442079460123', '0071', "o'neil@customer.example", undefined]);
  });

  it('IMP-3: shortens the text before, not the value', () => {
    const { text, notes } = cleanCell('name', ` ${'a'.repeat(1000)}`);
    expect(text).toHaveLength(1000);
    expect(notes[0]?.detail).toHaveLength(400);
  });
});
