import { below, isChance, oneOf, type MadeFile, type Random } from './made-file.ts';
import { partsOf, zipParts, type Part } from './zip-file.ts';

type Break = (bytes: Buffer, random: Random) => Buffer;

const PLAIN = { isStored: false, hasDescriptors: false, isZip64: false, hasExtra: false, comment: '' };

const BYTE_BREAKS: Readonly<Record<string, Break>> = {
  truncated: (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  'beginning cut off': (bytes, random) => bytes.subarray(1 + below(random, 200)),
  'bytes flipped': (bytes, random) => {
    const broken = Buffer.from(bytes);
    for (let times = 1 + below(random, 8); times > 0; times -= 1)
      broken[below(random, broken.length)] = below(random, 256);
    return broken;
  },
  'a bit flipped in the directory': (bytes, random) => {
    const broken = Buffer.from(bytes);
    const at = Math.max(0, broken.length - 1 - below(random, Math.min(broken.length, 700)));
    broken[at] = (broken[at] ?? 0) ^ (1 << below(random, 8));
    return broken;
  },
  'a number made huge': (bytes, random) => {
    const broken = Buffer.from(bytes);
    const at = Math.max(0, broken.length - 4 - below(random, Math.min(broken.length, 900)));
    broken.writeUInt32LE(
      oneOf(random, [0xffffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0]),
      Math.min(at, broken.length - 4),
    );
    return broken;
  },
  'a piece doubled': (bytes, random) => {
    const [from, length] = [below(random, bytes.length), 1 + below(random, 400)];
    return Buffer.concat([bytes.subarray(0, from + length), bytes.subarray(from)]);
  },
  'a piece of zeros': (bytes, random) => {
    const broken = Buffer.from(bytes);
    const from = below(random, bytes.length);
    return broken.fill(0, from, Math.min(bytes.length, from + 1 + below(random, 300)));
  },
  'something behind it': (bytes, random) => Buffer.concat([bytes, Buffer.alloc(below(random, 70_000), 65)]),
  'something before it': (bytes, random) => Buffer.concat([Buffer.alloc(1 + below(random, 3000), 65), bytes]),
  'sent as text': (bytes) => Buffer.from(bytes.toString('utf8')),
  'line ends exchanged': (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
};

const PART_BREAKS: Readonly<Record<string, (parts: Part[], random: Random) => Part[]>> = {
  'a part missing': (parts, random) => parts.toSpliced(below(random, parts.length), 1),
  'a part twice': (parts, random) => [
    ...parts,
    parts[below(random, parts.length)] ?? { name: 'x', content: Buffer.alloc(0) },
  ],
  'parts exchanged': (parts, random) => {
    const [one, other] = [below(random, parts.length), below(random, parts.length)];
    return parts.map((part, at) => ({
      name: part.name,
      content: (at === one ? parts[other] : at === other ? parts[one] : part)?.content ?? part.content,
    }));
  },
  'a part empty': (parts, random) => changed(parts, random, () => ''),
  'names in capitals': (parts) => parts.map(({ name, content }) => ({ name: name.toUpperCase(), content })),
  'names with backslashes': (parts) =>
    parts.map(({ name, content }) => ({ name: name.replaceAll('/', '\\'), content })),
  'names that climb': (parts) =>
    parts.map(({ name, content }, at) => ({ name: at % 2 ? `../../${name}` : name, content })),
};

const XML_BREAKS: Readonly<Record<string, (xml: string, random: Random) => string>> = {
  'cut off': (xml, random) => xml.slice(0, below(random, xml.length)),
  'a tag dropped': (xml, random) => withoutMatch(xml, /<[^>]*>/gu, random),
  'a closing tag dropped': (xml, random) => withoutMatch(xml, /<\/[^>]*>/gu, random),
  'a tag doubled': (xml, random) => replaceMatch(xml, /<[^>]*>/gu, random, (tag) => tag + tag),
  'an attribute changed': (xml, random) =>
    replaceMatch(xml, /="[^"]*"/gu, random, () =>
      oneOf(random, [
        '=""',
        '="-1"',
        '="99999999999999999999"',
        '="NaN"',
        '="1e309"',
        '="A0"',
        '="ZZZZZZ1"',
        '="&x;"',
        '="\u0000"',
        '=x',
        '="XFD1048576"',
        '="0x10"',
        '="１"',
      ]),
    ),
  'an attribute doubled': (xml, random) =>
    replaceMatch(xml, / \w+="[^"]*"/gu, random, (attribute) => attribute + attribute),
  'a value changed': (xml, random) =>
    replaceMatch(
      xml,
      /<v>[^<]*<\/v>/gu,
      random,
      () =>
        `<v>${oneOf(random, ['', ' ', '-1', '1e999', 'NaN', '99999999999999999999', '4294967296', 'Infinity', '0x1F', '1,5', 'x', '&#0;', '&#xFFFFFF;', '&#xD800;', '1e-400', '-0', '1'.repeat(400)])}</v>`,
    ),
  'a type changed': (xml, random) =>
    replaceMatch(
      xml,
      / t="\w+"/gu,
      random,
      () => ` t="${oneOf(random, ['s', 'n', 'b', 'd', 'e', 'str', 'inlineStr', 'x', ''])}"`,
    ),
  'letters changed': (xml, random) => {
    let broken = xml;
    for (let times = 1 + below(random, 5); times > 0; times -= 1) {
      const at = below(random, broken.length);
      broken =
        broken.slice(0, at) +
        oneOf(random, [
          '<',
          '>',
          '&',
          '"',
          "'",
          '/',
          '\u0000',
          '\uD800',
          ']]>',
          '<!--',
          '<![CDATA[',
          '<?',
          '\uFEFF',
          ' ',
          '=',
        ]) +
        broken.slice(at + below(random, 3));
    }
    return broken;
  },
  'deep nesting': (xml, random) => insert(xml, random, '<a>'.repeat(1 + below(random, 5000))),
  'deep nesting that ends': (xml, random) => insert(xml, random, `${'<a>'.repeat(150)}${'</a>'.repeat(150)}`),
  'a DOCTYPE': (xml) =>
    xml.replace(/(<\?xml[^>]*\?>)?/u, '$1<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'),
  'an unknown entity': (xml, random) => insert(xml, random, '&xxe;'),
  'a comment that does not end': (xml, random) => insert(xml, random, '<!-- '),
  'CDATA that does not end': (xml, random) => insert(xml, random, '<![CDATA['),
  'a second root': (xml) => `${xml}<worksheet><sheetData/></worksheet>`,
  'text behind it': (xml) => `${xml}\u0000\u0000text`,
  'another encoding declared': (xml, random) =>
    xml.replace(
      /encoding="[^"]*"/u,
      `encoding="${oneOf(random, ['UTF-16', 'ISO-8859-1', 'windows-1252', 'klingon', ''])}"`,
    ),
  'rows in any order': (xml) =>
    xml.replace(/(<row\b.*<\/row>)/su, (rows) =>
      rows
        .split(/(?<=<\/row>)/u)
        .toReversed()
        .join(''),
    ),
  'cells in any order': (xml) =>
    xml.replaceAll(/<row\b[^>]*>(.*?)<\/row>/gsu, (row, cells: string) =>
      row.replace(cells, () =>
        cells
          .split(/(?<=<\/c>)/u)
          .toReversed()
          .join(''),
      ),
    ),
  'one number for all rows': (xml) => xml.replaceAll(/<row r="\d+"/gu, '<row r="3"'),
  'one place for all cells': (xml) => xml.replaceAll(/<c r="\w+"/gu, '<c r="B2"'),
  'far to the right': (xml, random) =>
    xml.replace(/<c r="[A-Z]+/u, `<c r="${oneOf(random, ['XFD', 'IV', 'IW', 'AAAA', 'ZZ'])}`),
  'far down': (xml, random) =>
    xml.replace(/<row r="\d+"/u, `<row r="${oneOf(random, ['1048576', '1048577', '0', '99999999999', '-1', '1.5'])}"`),
};

/** Spoils a sound workbook: its bytes, its parts, or the XML of one part within a sound zip. */
export function brokenWorkbook(sound: MadeFile, random: Random): MadeFile {
  const made = { name: sound.name, truth: null } as const;
  const way = random();
  if (way < 0.3) {
    const [name, spoil] = pick(BYTE_BREAKS, random);
    return { ...made, family: 'broken bytes', how: [name, ...sound.how], bytes: spoil(sound.bytes, random) };
  }
  const parts = [...partsOf(sound.bytes)];
  if (parts.length === 0)
    return { ...made, family: 'broken bytes', how: ['truncated'], bytes: sound.bytes.subarray(0, 100) };
  if (way < 0.45) {
    const [name, spoil] = pick(PART_BREAKS, random);
    return { ...made, family: 'broken zip', how: [name, ...sound.how], bytes: zipParts(spoil(parts, random), PLAIN) };
  }
  const spoilt: string[] = [];
  let broken = parts;
  for (let times = isChance(random, 0.3) ? 3 : 1; times > 0; times -= 1) {
    const [name, spoil] = pick(XML_BREAKS, random);
    spoilt.push(name);
    broken = changed(broken, random, (xml) => spoil(xml, random));
  }
  return { ...made, family: 'broken xml', how: [...spoilt, ...sound.how], bytes: zipParts(broken, PLAIN) };
}

function pick<T>(ways: Readonly<Record<string, T>>, random: Random): readonly [string, T] {
  const entries = Object.entries(ways);
  const entry = entries[below(random, entries.length)];
  if (!entry) throw new Error('there is no way to break it');
  return entry;
}

/** The sheet and the texts are what a reader spends its life with. */
function changed(parts: readonly Part[], random: Random, change: (xml: string) => string): Part[] {
  const likely = parts.findIndex(({ name }) => /sheet\d|users|strings|sst/iu.test(name) && !name.includes('.rels'));
  const at = likely >= 0 && isChance(random, 0.6) ? likely : below(random, parts.length);
  return parts.map((part, index) =>
    index === at ? { name: part.name, content: Buffer.from(change(part.content.toString('utf8'))) } : part,
  );
}

function replaceMatch(text: string, pattern: RegExp, random: Random, change: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  const match = matches[below(random, matches.length)];
  return match ? text.slice(0, match.index) + change(match[0]) + text.slice(match.index + match[0].length) : text;
}

function withoutMatch(text: string, pattern: RegExp, random: Random): string {
  return replaceMatch(text, pattern, random, () => '');
}

function insert(text: string, random: Random, piece: string): string {
  const at = below(random, text.length);
  return text.slice(0, at) + piece + text.slice(at);
}
