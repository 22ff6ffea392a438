import { below, isChance, oneOf, type Cell, type Random } from './made-file.ts';
import type { Table } from './random-table.ts';

/** How one generator of workbooks writes. */
export type Hand = {
  readonly strings: 'shared' | 'inline' | 'formula' | 'mixed';
  readonly isRich: boolean;
  readonly hasPhonetics: boolean;
  readonly hasCdata: boolean;
  readonly references: 'all' | 'rows' | 'none';
  readonly prefix: '' | 'x:' | 'ns0:';
  readonly quote: '"' | "'";
  readonly isSpaced: boolean;
  readonly hasComments: boolean;
  readonly isDate1904: boolean;
  readonly hasExtras: boolean;
};

export function randomHand(random: Random): Hand {
  return {
    strings: oneOf(random, ['shared', 'shared', 'inline', 'formula', 'mixed']),
    isRich: isChance(random, 0.25),
    hasPhonetics: isChance(random, 0.15),
    hasCdata: isChance(random, 0.1),
    references: oneOf(random, ['all', 'all', 'all', 'rows', 'none']),
    prefix: oneOf(random, ['', '', '', 'x:', 'ns0:']),
    quote: oneOf(random, ['"', '"', "'"]),
    isSpaced: isChance(random, 0.25),
    hasComments: isChance(random, 0.15),
    isDate1904: isChance(random, 0.1),
    hasExtras: isChance(random, 0.4),
  };
}

/** Styles: 0 general, 1 a date, 2 zeros in front, 3 text, 4 a plus in front. */
export const STYLES =
  '<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd;@"/><numFmt numFmtId="165" formatCode="000000"/><numFmt numFmtId="166" formatCode="&quot;+&quot;0"/></numFmts>' +
  '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>' +
  '<cellStyleXfs count="2"><xf numFmtId="14"/><xf numFmtId="9"/></cellStyleXfs>' +
  '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165"/><xf numFmtId="49"/><xf numFmtId="166"/></cellXfs>';

export type WrittenSheet = {
  readonly xml: string;
  readonly strings: readonly string[];
};

/** Writes the rows of a table as one hand does. Every other hand has to mean the same. */
export function sheetXml(table: Table, hand: Hand, random: Random): WrittenSheet {
  const { prefix: p, quote: q } = hand;
  const strings: string[] = [];
  const known = new Map<string, number>();
  const gap = hand.isSpaced ? '\r\n   ' : '';
  const attribute = (name: string, value: string | number): string => ` ${name}=${q}${value}${q}`;

  function item(text: string): string {
    const escaped =
      hand.hasCdata && !text.includes(']]>') && !/_x|\r/u.test(text) ? `<![CDATA[${text}]]>` : escape(text);
    const space = /^\s|\s$|\n/u.test(text) ? ' xml:space="preserve"' : '';
    if (!hand.isRich || text.length < 2) return `<${p}t${space}>${escaped}</${p}t>${phonetic()}`;
    const cut = 1 + below(random, text.length - 1);
    const halves = Array.from(text).length !== text.length ? [text] : [text.slice(0, cut), text.slice(cut)];
    return `${halves.map((half) => `<${p}r><${p}rPr><${p}b/></${p}rPr><${p}t xml:space="preserve">${escape(half)}</${p}t></${p}r>`).join('')}${phonetic()}`;
  }
  const phonetic = (): string =>
    hand.hasPhonetics ? `<${p}rPh sb="0" eb="1"><${p}t>フリガナ</${p}t></${p}rPh><${p}phoneticPr fontId="0"/>` : '';
  function shared(text: string): number {
    const found = known.get(text);
    if (found !== undefined && isChance(random, 0.9)) return found;
    strings.push(`<${p}si>${item(text)}</${p}si>`);
    known.set(text, strings.length - 1);
    return strings.length - 1;
  }
  const cell = (body: string, type: string, where: string): string =>
    `<${p}c${where}${type === '' ? '' : attribute('t', type)}>${body}</${p}c>${gap}`;
  const value = (content: string | number): string => `<${p}v>${content}</${p}v>`;

  function textCell(text: string, where: string): string {
    const way = hand.strings === 'mixed' ? oneOf(random, ['shared', 'inline', 'formula']) : hand.strings;
    if (way === 'shared') return cell(value(shared(text)), 's', where);
    if (way === 'inline') return cell(`<${p}is>${item(text)}</${p}is>`, 'inlineStr', where);
    return cell(`<${p}f>CONCATENATE(&quot;x&quot;)</${p}f>${value(escape(text))}`, 'str', where);
  }
  function cellXml(content: Cell, where: string): string {
    switch (content.kind) {
      case 'empty':
        return hand.references === 'none'
          ? `<${p}c/>`
          : isChance(random, 0.3)
            ? `<${p}c${where}${attribute('s', 3)}/>`
            : '';
      case 'text':
        return textCell(content.text, where);
      case 'number':
        return cell(value(numberXml(content.value, random)), isChance(random, 0.3) ? 'n' : '', where);
      case 'date':
        return isChance(random, 0.1) && !hand.isDate1904
          ? cell(value(`${content.iso}T00:00:00`), 'd', where)
          : cell(value(serialOf(content.iso, hand.isDate1904)), '', `${where}${attribute('s', 1)}`);
      case 'boolean':
        return cell(value(content.value ? 1 : 0), 'b', where);
      case 'error':
        return cell(`<${p}f>1/0</${p}f>${value(content.text)}`, 'e', where);
    }
  }
  const rows = table.map((cells, row) => {
    if (cells.length === 0 && hand.references !== 'none') return '';
    const number = hand.references === 'none' ? '' : attribute('r', row + 1);
    const xml = cells.map((content, column) =>
      cellXml(content, hand.references === 'all' ? attribute('r', `${letters(column)}${row + 1}`) : ''),
    );
    // Cells without a reference stand beside each other, so a gap needs a cell.
    const body = hand.references === 'all' ? xml.join('') : xml.map((one) => (one === '' ? `<${p}c/>` : one)).join('');
    const hidden = hand.hasExtras && isChance(random, 0.05) ? attribute('hidden', 1) : '';
    return `<${p}row${number}${hidden}${hand.hasExtras ? attribute('spans', '1:9') : ''}>${gap}${body}</${p}row>${gap}`;
  });
  const comment = hand.hasComments ? '<!-- <c r="A1"><v>9</v></c> --><?app x="1"?>' : '';
  const data = `<${p}sheetData>${gap}${comment}${rows.join(comment)}</${p}sheetData>`;
  return { xml: hand.hasExtras ? `${before(p)}${data}${after(p)}` : data, strings };
}

function before(p: string): string {
  return `<${p}sheetPr><${p}pageSetUpPr fitToPage="1"/></${p}sheetPr><${p}dimension ref="A1"/><${p}cols><${p}col min="1" max="16384" width="9" hidden="1"/></${p}cols>`;
}

function after(p: string): string {
  return (
    `<${p}autoFilter ref="A1:E9"/><${p}mergeCells count="1"><${p}mergeCell ref="A1:C1"/></${p}mergeCells>` +
    `<${p}dataValidations count="1"><${p}dataValidation type="list" sqref="E2:E1048576"><${p}formula1>&quot;User&quot;</${p}formula1></${p}dataValidation></${p}dataValidations>` +
    `<${p}extLst><${p}ext uri="{x}"><${p}row r="1"><${p}c r="A1"><${p}v>9</${p}v></${p}c></${p}row></${p}ext></${p}extLst>`
  );
}

function numberXml(value: number, random: Random): string {
  if (isChance(random, 0.15)) return value.toExponential().replace('e', 'E');
  return isChance(random, 0.1) && Number.isInteger(value) ? `${value}.0` : String(value);
}

function serialOf(iso: string, isDate1904: boolean): number {
  const days = Date.parse(`${iso}T00:00:00Z`) / 86_400_000 + 25_569;
  return isDate1904 ? days - 1462 : days;
}

function escape(text: string): string {
  return text
    .replaceAll(/_x(?=[0-9A-Fa-f]{4}_)/gu, '_x005F_x')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '_x000D_')
    .replaceAll('\u0085', '&#x85;');
}

function letters(column: number): string {
  return String.fromCharCode(65 + column);
}
