import { below, isChance, oneOf, type MadeFile, type Random } from './made-file.ts';
import { filledRows, randomTable, type Table } from './random-table.ts';
import { randomHand, sheetXml, STYLES, type Hand } from './sheet-xml.ts';
import { randomZipStyle, zipParts, type Part } from './zip-file.ts';

const TRANSITIONAL = {
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  relations: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
};
const STRICT = {
  main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  relations: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
};
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

type Places = {
  readonly book: string;
  readonly sheet: string;
  readonly target: string;
  readonly strings: string;
  readonly stringsTarget: string;
};

const PLACES: readonly [Places, ...Places[]] = [
  {
    book: 'xl/workbook.xml',
    sheet: 'xl/worksheets/sheet1.xml',
    target: 'worksheets/sheet1.xml',
    strings: 'xl/sharedStrings.xml',
    stringsTarget: 'sharedStrings.xml',
  },
  {
    book: 'xl/workbook.xml',
    sheet: 'xl/worksheets/sheet1.xml',
    target: '/xl/worksheets/sheet1.xml',
    strings: 'xl/sharedStrings.xml',
    stringsTarget: '/xl/sharedStrings.xml',
  },
  {
    book: 'xl/workbook.xml',
    sheet: 'xl/data/Benutzer 1.xml',
    target: 'data/Benutzer%201.xml',
    strings: 'xl/strings.xml',
    stringsTarget: './strings.xml',
  },
  {
    book: 'book/main.xml',
    sheet: 'sheets/Users.xml',
    target: '../sheets/Users.xml',
    strings: 'book/sst.xml',
    stringsTarget: 'sst.xml',
  },
  { book: 'workbook.xml', sheet: 'a.xml', target: 'a.xml', strings: 's.xml', stringsTarget: 's.xml' },
  {
    book: 'xl/workbook.xml',
    sheet: 'XL/Worksheets/Sheet.xml',
    target: 'worksheets/sheet.xml',
    strings: 'xl/SharedStrings.xml',
    stringsTarget: 'sharedStrings.xml',
  },
];

/** A workbook by one of the many hands that write the same thing. */
export function ownWorkbook(random: Random, isPlain = false): MadeFile {
  const table = randomTable(random);
  const hand = randomHand(random);
  const places = isPlain ? PLACES[0] : oneOf(random, [PLACES[0], ...PLACES]);
  const names = isChance(random, 0.15) ? STRICT : TRANSITIONAL;
  const zip = isPlain
    ? { isStored: false, hasDescriptors: false, isZip64: false, hasExtra: false, comment: '' }
    : randomZipStyle(random);
  const encode = isPlain ? utf8 : oneOf(random, [utf8, utf8, utf8, utf8, marked, little, big]);
  const others = below(random, 3);
  const parts = workbookParts({ table, hand, places, names, others, random, encode });
  const order = isChance(random, 0.2) ? parts.toReversed() : parts;
  return {
    name: oneOf(random, ['users.xlsx', 'users.xlsx', 'users.xlsm', 'users.csv', 'users.xls', 'users', 'ü 田.xlsx']),
    family: 'own xlsx',
    how: [JSON.stringify({ ...hand, ...zip, ...places, others, encode: encode.name, isStrict: names === STRICT })],
    bytes: zipParts(order, zip),
    truth: filledRows(table),
  };
}

function workbookParts(options: {
  readonly table: Table;
  readonly hand: Hand;
  readonly places: Places;
  readonly names: typeof STRICT;
  readonly others: number;
  readonly random: Random;
  readonly encode: (xml: string) => Buffer;
}): Part[] {
  const { table, hand, places, names, others, random, encode } = options;
  const { prefix: p } = hand;
  const space = p === '' ? 'xmlns' : `xmlns:${p.slice(0, -1)}`;
  const { xml, strings } = sheetXml(table, hand, random);
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const id = oneOf(random, ['r', 'r', 'rel']);
  const folder = places.book.includes('/') ? places.book.slice(0, places.book.indexOf('/') + 1) : '';
  const sheets = [
    ...(others > 0
      ? [`<${p}sheet name="Lists" sheetId="7" state="${oneOf(random, ['hidden', 'veryHidden'])}" ${id}:id="o1"/>`]
      : []),
    ...(others > 1 ? [`<${p}sheet name="Cover &amp; notes" sheetId="8" ${id}:id="o2"/>`] : []),
    `<${p}sheet name="Üsers" sheetId="3" ${id}:id="rId1"/>`,
  ];
  const relation = (name: string, type: string, target: string): string =>
    `<Relationship Id="${name}" Type="${names.relations}/${type}" Target="${target}"/>`;
  const relations = [
    relation('rId1', 'worksheet', places.target),
    ...(strings.length > 0 ? [relation('rId2', 'sharedStrings', places.stringsTarget)] : []),
    relation('rId3', 'styles', `/${folder}styles.xml`),
    ...(others > 0 ? [relation('o1', 'worksheet', `/${folder}hidden.xml`)] : []),
    ...(others > 1 ? [relation('o2', 'worksheet', `/${folder}cover.xml`)] : []),
  ];
  const worksheet = (content: string): Buffer =>
    encode(`${head}<${p}worksheet ${space}="${names.main}" xmlns:r="${names.relations}">${content}</${p}worksheet>`);
  const rels = (name: string, content: string): Part => ({
    name,
    content: Buffer.from(`${head}<Relationships xmlns="${PACKAGE}">${content}</Relationships>`),
  });
  const bookFile = places.book.slice(folder.length);
  return [
    { name: '[Content_Types].xml', content: contentTypes(places, folder) },
    rels('_rels/.rels', relation('r1', 'officeDocument', places.book)),
    {
      name: places.book,
      content: encode(
        `${head}<${p}workbook ${space}="${names.main}" xmlns:${id}="${names.relations}"><${p}workbookPr${hand.isDate1904 ? ' date1904="1"' : ''}/><${p}sheets>${sheets.join('')}</${p}sheets></${p}workbook>`,
      ),
    },
    rels(`${folder}_rels/${bookFile}.rels`, relations.join('')),
    { name: places.sheet, content: worksheet(xml) },
    {
      name: `${folder}styles.xml`,
      content: Buffer.from(`${head}<styleSheet xmlns="${names.main}">${STYLES}</styleSheet>`),
    },
    ...(strings.length > 0
      ? [
          {
            name: places.strings,
            content: encode(
              `${head}<${p}sst ${space}="${names.main}" count="${strings.length}">${strings.join('')}</${p}sst>`,
            ),
          },
        ]
      : []),
    ...(others > 0
      ? [
          {
            name: `${folder}hidden.xml`,
            content: worksheet(
              `<${p}sheetData><${p}row r="1"><${p}c r="A1"><${p}v>1</${p}v></${p}c></${p}row></${p}sheetData>`,
            ),
          },
        ]
      : []),
    ...(others > 1 ? [{ name: `${folder}cover.xml`, content: worksheet(`<${p}sheetData/>`) }] : []),
  ];
}

function contentTypes({ book, sheet, strings }: Places, folder: string): Buffer {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.';
  const part = (name: string, kind: string): string =>
    `<Override PartName="/${encodeURI(name)}" ContentType="${type}${kind}+xml"/>`;
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part(book, 'sheet.main')}${part(sheet, 'worksheet')}${part(strings, 'sharedStrings')}${part(`${folder}styles.xml`, 'styles')}${part(`${folder}hidden.xml`, 'worksheet')}${part(`${folder}cover.xml`, 'worksheet')}</Types>`,
  );
}

function utf8(xml: string): Buffer {
  return Buffer.from(xml);
}
function marked(xml: string): Buffer {
  return Buffer.from(`\uFEFF${xml}`);
}
function little(xml: string): Buffer {
  return Buffer.from(`\uFEFF${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le');
}
function big(xml: string): Buffer {
  return little(xml).swap16();
}
