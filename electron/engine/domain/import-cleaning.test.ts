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
];

describe('import cleaning', () => {
  it.each(CASES)('IMP-3: cleans %s', (_name, field, raw, text, codes) => {
    const cleaned = cleanCell(field, raw);
    expect([cleaned.text, cleaned.notes.map((note) => note.code)]).toEqual([text, codes]);
    for (const note of cleaned.notes) expect(note).toMatchObject({ field, detail: raw });
  });

  it('IMP-3: shortens the text before, not the value', () => {
    const { text, notes } = cleanCell('name', ` ${'a'.repeat(1000)}`);
    expect(text).toHaveLength(1000);
    expect(notes[0]?.detail).toHaveLength(400);
  });
});
