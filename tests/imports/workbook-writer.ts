import { writeZip } from './zip-writer.ts';
import type { ZipPart } from './zip-writer.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

export type SheetParts = {
  readonly name: string;
  /** What stands in the sheet part between `<worksheet>` and its end, or `sheetData` alone. */
  readonly xml: string;
  readonly part?: string;
  readonly state?: 'visible' | 'hidden' | 'veryHidden';
  readonly target?: string;
};

/** Builds an .xlsx file from raw XML, so that a test can say exactly what a generator writes. */
export function writeWorkbook(options: {
  readonly sheets: readonly SheetParts[];
  readonly sharedStrings?: readonly string[];
  readonly styles?: string;
  readonly workbookXml?: string;
  readonly extra?: readonly ZipPart[];
  readonly date1904?: boolean;
}): Buffer {
  const sheets = options.sheets.map((sheet, index) => ({
    ...sheet,
    part: sheet.part ?? `xl/worksheets/sheet${index + 1}.xml`,
  }));
  const relations = sheets.map(
    (sheet, index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="${sheet.target ?? `/${sheet.part}`}"/>`,
  );
  const parts: ZipPart[] = [
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content:
        options.workbookXml ??
        `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
          .map(
            (sheet, index) =>
              `<sheet name="${sheet.name}" sheetId="${index + 1}"${sheet.state ? ` state="${sheet.state}"` : ''} r:id="rId${index + 1}"/>`,
          )
          .join('')}</sheets></workbook>`,
    },
  ];
  if (options.sharedStrings) {
    relations.push(`<Relationship Id="s" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>`);
    parts.push({
      name: 'xl/sharedStrings.xml',
      content: `<sst xmlns="${MAIN}">${options.sharedStrings.join('')}</sst>`,
    });
  }
  if (options.styles !== undefined) {
    relations.push(`<Relationship Id="t" Type="${RELATIONS}/styles" Target="styles.xml"/>`);
    parts.push({ name: 'xl/styles.xml', content: `<styleSheet xmlns="${MAIN}">${options.styles}</styleSheet>` });
  }
  parts.push({
    name: 'xl/_rels/workbook.xml.rels',
    content: `<Relationships xmlns="${PACKAGE}">${relations.join('')}</Relationships>`,
  });
  for (const sheet of sheets) {
    const xml =
      sheet.xml.startsWith('<') && !sheet.xml.startsWith('<row') ? sheet.xml : `<sheetData>${sheet.xml}</sheetData>`;
    parts.push({
      name: sheet.part,
      content:
        xml.startsWith('<?xml') || xml.startsWith('<!DOCTYPE')
          ? xml
          : `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}">${xml}</worksheet>`,
    });
  }
  return writeZip([...parts, ...(options.extra ?? [])]);
}

/** Rows of inline strings. */
export function inlineRows(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells, row) => {
      const xml = cells.map(
        (text, column) => `<c r="${letters(column)}${row + 1}" t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`,
      );
      return `<row r="${row + 1}">${xml.join('')}</row>`;
    })
    .join('');
}

export function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
