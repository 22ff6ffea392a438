import { below, isChance, oneOf, type Cell, type Random, type Sheet } from './made-file.ts';

export type Table = readonly (readonly Cell[])[];

const HEADINGS = [
  ['FIRST NAME', 'LAST NAME', 'NAME', 'EMAIL', 'ROLE'],
  ['EMAIL', 'NAME'],
  ['Vorname', 'Name', 'E-Mail', 'Rolle', 'Durchwahl', 'Abteilung'],
  ['Prénom', 'Nom', 'Courriel', 'Poste'],
  ['Nombre', 'Apellidos', 'Correo electrónico'],
  ['Id', 'Display name', 'Mail', 'Mobile', 'Extension', 'Start', 'Active', 'Remark'],
] as const;

const NAMES = [
  'Ann',
  'Bo',
  'Zoë',
  'Jürgen',
  'O’Neil',
  "d'Arc",
  'van der Berg',
  'Müller-Lüdenscheidt',
  'Ölund',
  'Ñandú',
];
const ODD = [
  ...[
    'R&D <x>',
    '"quoted"',
    "it's",
    '007',
    '+447700900123',
    '=1+1',
    '-5',
    '@x',
    '4.47E+11',
    '1e5',
    'TRUE',
    '#N/A',
    'null',
  ],
  ...[
    '  padded  ',
    'a\nb',
    'a\tb',
    '田中 太郎',
    'Иван Щукин',
    'علی‌رضا',
    '😀 👨‍👩‍👧',
    'e\u0301',
    '\u00A0x\u00A0',
    'a\u200Bb',
    '\uFEFFx',
  ],
  ...[
    '_x0041_',
    '_x000D_',
    '_x005F_',
    '&amp;',
    '&#65;',
    '<![CDATA[x]]>',
    ']]>',
    '%20',
    '\\',
    '\\"',
    'C:\\x\\',
    'Ash, Ann',
  ],
  ...[
    'a;b',
    'a|b',
    '1,5',
    '1.5',
    '01.02.2024',
    '1-2',
    "'007",
    '´`',
    'ＡＢＣ１２３',
    'ß',
    'İı',
    'x'.repeat(300),
    '—',
    '…',
    '\u0085',
  ],
] as const;

/** A list of people as people write them: a title, blank rows, headings, and whatever they typed into the cells. */
export function randomTable(random: Random, isTextOnly = false): Table {
  const headings = HEADINGS[below(random, HEADINGS.length)] ?? HEADINGS[0];
  const rows: Cell[][] = [];
  if (isChance(random, 0.2)) rows.push([text('New starters')]);
  if (rows.length > 0 && isChance(random, 0.5)) rows.push([]);
  rows.push(headings.map(text));
  const count = isChance(random, 0.04) ? 300 + below(random, 2500) : 2 + below(random, 25);
  for (let row = 0; row < count; row += 1) {
    if (isChance(random, 0.03)) rows.push([]);
    rows.push(headings.map((heading) => cellFor(random, { heading, row, isTextOnly })));
  }
  return rows;
}

/** The rows that are rows: blanks alone are none. */
export function filledRows(table: Table): Sheet {
  const isFilled = (cell: Cell): boolean => cell.kind !== 'empty' && !(cell.kind === 'text' && cell.text.trim() === '');
  return new Map(table.map((cells, row) => [row + 1, cells] as const).filter(([, cells]) => cells.some(isFilled)));
}

function cellFor(
  random: Random,
  { heading, row, isTextOnly }: { readonly heading: string; readonly row: number; readonly isTextOnly: boolean },
): Cell {
  if (/mail|courriel|correo/iu.test(heading)) return text(`user${row}.${below(random, 1000)}@customer.example`);
  if (isChance(random, 0.08)) return { kind: 'empty' };
  if (isChance(random, 0.15)) return text(ODD[below(random, ODD.length)] ?? '');
  if (!isTextOnly && isChance(random, 0.25)) return typedCell(random);
  return text(`${oneOf(random, ['Ann', ...NAMES])} ${NAMES[below(random, NAMES.length)] ?? ''}`);
}

function typedCell(random: Random): Cell {
  switch (below(random, 6)) {
    case 0:
      return { kind: 'number', value: below(random, 10_000) };
    case 1:
      return { kind: 'number', value: 440_000_000_000 + below(random, 1_000_000_000) };
    case 2:
      return { kind: 'number', value: (below(random, 2_000_000) - 1_000_000) / oneOf(random, [1, 4, 10, 1000, 1e9]) };
    case 3:
      return {
        kind: 'date',
        iso: new Date(Date.UTC(1950 + below(random, 90), below(random, 12), 1 + below(random, 28)))
          .toISOString()
          .slice(0, 10),
      };
    case 4:
      return { kind: 'boolean', value: isChance(random, 0.5) };
    default:
      return { kind: 'error', text: oneOf(random, ['#N/A', '#DIV/0!', '#REF!', '#NAME?', '#VALUE!']) };
  }
}

export function text(value: string): Cell {
  return value === '' ? { kind: 'empty' } : { kind: 'text', text: value };
}
