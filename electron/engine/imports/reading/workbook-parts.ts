import { ReadProblem } from './read-problem.ts';
import type { XmlEvents } from './xml-scanner.ts';
import type { ZipEntry } from './zip-archive.ts';

export type Sheet = { readonly name: string; readonly part: ZipEntry; readonly isHidden: boolean };
export type Workbook = {
  readonly sheets: readonly Sheet[];
  readonly sharedStrings: ZipEntry | null;
  readonly styles: ZipEntry | null;
  readonly isDate1904: boolean;
};

type Relation = { readonly id: string; readonly type: string; readonly target: string };
type Parts = ReadonlyMap<string, ZipEntry>;
type ReadXml = (entry: ZipEntry, events: XmlEvents) => Promise<void>;

const MAX_SHEETS = 2000;

/** Follows the relations of the package, as part names are free: `/xl/worksheets/Users.xml` is as good as `sheet1.xml`. */
export async function readWorkbook(parts: Parts, readXml: ReadXml): Promise<Workbook> {
  const root = await readRelations(parts, '', readXml);
  const bookPath = root.find((relation) => relation.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const book = parts.get(bookPath);
  if (!book) {
    if (parts.has('mimetype') || parts.has('content.xml')) throw notASheet('OpenDocument');
    throw notASheet(parts.has('word/document.xml') ? 'Word document' : 'zip without a workbook');
  }
  if (bookPath.endsWith('.bin')) throw notASheet('binary workbook (.xlsb)');
  const relations = await readRelations(parts, bookPath, readXml);
  const partOf = (type: string): ZipEntry | null => {
    const target = relations.find((relation) => relation.type === type)?.target;
    return (target === undefined ? undefined : parts.get(target)) ?? null;
  };

  const found: { name: string; id: string; isHidden: boolean }[] = [];
  let isDate1904 = false;
  await readXml(book, {
    open: (name, tag) => {
      if (name === 'workbookPr') isDate1904 = /^(?:1|true)$/u.test(tag.attribute('date1904') ?? '');
      if (name !== 'sheet' || found.length >= MAX_SHEETS) return;
      found.push({
        name: tag.attribute('name') ?? '',
        id: tag.attributeOfAnyPrefix('id') ?? '',
        isHidden: /^(?:hidden|veryHidden)$/u.test(tag.attribute('state') ?? ''),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });

  const sheets: Sheet[] = [];
  for (const { name, id, isHidden } of found) {
    const relation = relations.find((candidate) => candidate.id === id);
    if (relation?.type !== 'worksheet') continue;
    const part = parts.get(relation.target);
    if (!part) throw new ReadProblem('import.damaged', 'a sheet is missing in the file');
    sheets.push({ name, part, isHidden });
  }
  return { sheets, sharedStrings: partOf('sharedStrings'), styles: partOf('styles'), isDate1904 };
}

async function readRelations(parts: Parts, owner: string, readXml: ReadXml): Promise<readonly Relation[]> {
  const slash = owner.lastIndexOf('/');
  const folder = owner.slice(0, slash + 1);
  const entry = parts.get(`${folder}_rels/${owner.slice(slash + 1)}.rels`);
  if (!entry) return [];
  const relations: Relation[] = [];
  await readXml(entry, {
    open: (name, tag) => {
      if (name !== 'Relationship' || tag.attribute('TargetMode') === 'External') return;
      const type = tag.attribute('Type') ?? '';
      relations.push({
        id: tag.attribute('Id') ?? '',
        // The last word is the same in the transitional and the strict namespace.
        type: type.slice(type.lastIndexOf('/') + 1),
        target: resolveTarget(folder, tag.attribute('Target') ?? ''),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relations;
}

/** A name inside the zip; nothing is ever looked up on the disk. */
function resolveTarget(folder: string, target: string): string {
  let path = target.replaceAll('\\', '/');
  try {
    path = decodeURI(path);
  } catch {
    // A target with a lone percent sign is a name as it stands.
  }
  const segments: string[] = [];
  for (const segment of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/').toLowerCase();
}

function notASheet(detail: string): ReadProblem {
  return new ReadProblem('import.not-a-spreadsheet', detail);
}
