import { importFieldLabels } from '../../shared/model/import-issue-text.ts';
import type { ColumnOrigin, ImportField, PassedOver } from '../../shared/model/import-row.ts';
import type { Keepable, RecipeContent, RecipeFix } from '../../shared/model/import-recipe.ts';
import { meantSentence } from './import-suggestions.ts';
import { count, counted } from './numbers.ts';
import { previewText } from './imports-text.ts';

type Column = {
  readonly heading: string;
  readonly field: ImportField | null;
  readonly origin: ColumnOrigin;
  readonly passedOver: PassedOver | null;
};

type Used = {
  readonly name: string;
  readonly isBuiltIn: boolean;
  readonly mappedCount: number;
  readonly missing: readonly string[];
  readonly missingSheet: string | null;
  readonly changedCount: number;
};

export const recipesText = {
  title: 'Recipes',
  menu: 'Recipes',
  yours: 'Your recipes',
  yoursNote:
    'How lists from one source are read and repaired. They stay on this computer; nothing here needs a network.',
  empty:
    'There is no recipe of your own yet. Open an import, map and repair it, then choose Recipes → Save as a recipe.',
  builtIn: 'Built in',
  builtInNote: 'Headings that common exports are known to use. A recipe is only used when you say so.',
  use: 'Use the recipe',
  offer: (name: string) => `This looks like “${name}”. Use the recipe for it?`,
  notNow: 'Not now',
  saveAs: 'Save as a recipe…',
  manage: 'Manage recipes…',
  used: ({ name, mappedCount, changedCount }: Used) =>
    `“${name}” was used: ${counted(mappedCount, 'column is', 'columns are')} imported, ${changedCount === 0 ? 'no row had to be repaired.' : `${counted(changedCount, 'row was', 'rows were')} repaired. Undo takes the repairs back.`}`,
  lacks: ({ missing, missingSheet, isBuiltIn }: Used) =>
    [
      missing.length === 0
        ? ''
        : `Not in this file: ${missing.join(', ')}.${isBuiltIn ? '' : ' If another column has it, choose that one in the columns below.'}`,
      missingSheet === null ? '' : `The sheet “${missingSheet}” is not in this file, so another one was read.`,
    ]
      .filter(Boolean)
      .join(' '),
  close: 'Close',
  saveTitle: 'Save as a recipe',
  saveBody: 'What you did here can be repeated with the next list from the same source.',
  name: 'Name of the recipe',
  nameHint: 'For example the source: “PBX export Harbour”',
  replaceNamed: (name: string) => `Replace “${name}”`,
  save: 'Save',
  cancel: 'Cancel',
  saved: (name: string) => `“${name}” was saved. It is offered when a list with these headings is opened.`,
  keepExisting: (choice: keyof typeof previewText.existingChoices) =>
    `Addresses already in the account ${previewText.existingChoices[choice]}`,
  repairs: 'Repairs that are repeated',
  noRepairs:
    'No repair of this import can be repeated. Find and replace, suggested repairs and cleanings that were taken back can; corrections of single cells are of this list only.',
  defaultRole: 'Role of new users without one',
  defaultRoleAsIs: 'As in the list (blank is User)',
  showContent: 'What it does',
  rename: 'Rename',
  renameTitle: (name: string) => `Rename “${name}”`,
  renamed: 'The recipe has its new name.',
  exportIt: 'Export',
  fileName: (name: string) => `${name}.fieldlink-recipe.json`,
  exported: (file: string) => `${file} was saved. Open it on any laptop with “Open a recipe file”.`,
  openFile: 'Open a recipe file',
  opened: (name: string, isKnown: boolean) =>
    isKnown ? `“${name}” is here already; nothing was changed.` : `“${name}” was taken in.`,
  remove: 'Delete',
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeBody: 'Imports that were read with it stay as they are. Export it first if you may need it again.',
  removed: (name: string) => `“${name}” was deleted.`,
  keep: 'Keep the recipe',
  summary: ({ columns, fixes }: RecipeContent) => {
    const mapped = columns.filter(({ field }) => field !== null).length;
    const headings = counted(mapped, 'heading', 'headings');
    return fixes.length === 0 ? headings : `${headings}, ${counted(fixes.length, 'repair', 'repairs')}`;
  },
  savedOn: (date: string) => `saved ${date}`,
  columns: 'Columns',
  noColumns: 'No columns: the list had no headings.',
  leftOut: (headings: readonly string[]) => `Not imported: ${headings.join(', ')}.`,
  column: (field: ImportField, headings: readonly string[]) => `${importFieldLabels[field]}: ${headings.join(' or ')}`,
  reading: 'Reading',
  sheet: (sheet: string) => `Sheet “${sheet}”`,
  encoding: (encoding: string) => `Encoding ${previewText.encodings[encoding] ?? encoding}`,
  delimiter: (delimiter: string) => `Separator ${previewText.delimiters[delimiter] ?? delimiter}`,
  headerRow: (row: number) => (row === 0 ? 'No heading row' : `Headings in row ${count(row)}`),
  rereadTitle: (name: string) => `Use “${name}”?`,
  rereadBody: 'The columns become others, so the file is read again and your corrections in the preview are undone.',
  learned: 'Learned columns',
  learnedNote:
    'What you mapped or left out by hand is remembered with the upload and used for the next list with that heading.',
  learnedEmpty:
    'Nothing was learned yet. Map a column by hand in the preview of an import, then upload or save the plan.',
  heading: 'Heading',
  importedAs: 'Imported as',
  lastUsed: 'Last used',
  forget: (heading: string) => `Forget ${heading}`,
  forgetShort: 'Forget',
  forgetAll: 'Forget all',
  forgetAllTitle: 'Forget all learned columns?',
  forgetAllBody: (total: number) =>
    `${counted(total, 'heading is', 'headings are')} recognised by their words alone again. Recipes and open imports stay as they are.`,
  forgetKeep: 'Keep them',
  forgotten: (total: number) => `${counted(total, 'heading', 'headings')} forgotten.`,
  searchLearned: 'Search headings',
  clearSearch: 'Clear the search',
  noneFound: 'No heading matches the search.',
  more: (total: number) => `${count(total)} more; search to find them.`,
  keepAsIs: 'Take cleaning back',
} as const;

/** What a repair of a recipe does, in words. */
export function fixSentence(fix: RecipeFix): string {
  switch (fix.kind) {
    case 'replace': {
      const where = fix.field === null ? 'every column' : importFieldLabels[fix.field];
      const shown = [
        fix.filter === 'all' ? '' : `rows under “${previewText.filters[fix.filter]}”`,
        fix.search === '' ? '' : `rows with “${fix.search}”`,
      ].filter(Boolean);
      return `Replace “${fix.find}” with “${fix.replacement}” in ${where}${shown.length > 0 ? `, only ${shown.join(' and ')}` : ''}`;
    }
    case 'repair':
      return repairSentence(fix);
    case 'default-role':
      return `New users without a role become ${fix.role}`;
    case 'keep-original':
      return `Put back ${cleaningNames[fix.code]}`;
  }
}

function repairSentence({ repair, detail, wrong }: Extract<RecipeFix, { kind: 'repair' }>): string {
  switch (repair) {
    case 'add-domain':
      return `Use the mail domain ${detail} where an address has none`;
    case 'correct-domain':
      return `Correct the mail domain ${wrong} to ${detail}`;
    case 'correct-role':
      return `Correct the role “${wrong}” to ${detail}`;
    case 'name-from-address':
      return 'Take first and last name from the address where there is no name';
    case 'take-meant':
      return meantSentence(detail);
  }
}

const cleaningNames: Readonly<Record<Keepable, string>> = {
  'spaces-trimmed': 'spaces around the text',
  'invisible-removed': 'invisible characters',
  'mojibake-repaired': 'letters of another encoding',
  'width-changed': 'wide letters and digits',
  'quotes-removed': 'quotation marks',
  'mailto-removed': 'links instead of addresses',
  'address-extracted': 'the text around addresses',
  'number-tidied': 'blanks and signs within numbers',
  'exponent-expanded': 'scientific notation',
};

/** The chip that takes one kind of cleaning back. */
export function cleaningText(code: Keepable, rowCount: number): string {
  return `Put back ${cleaningNames[code]} in ${counted(rowCount, 'row', 'rows')}`;
}

/** Why columns are mapped so where the heading alone does not say it; '' when there is nothing to say. */
export function learnedLine(columns: readonly Column[]): string {
  const learned = columns.filter(({ origin }) => origin === 'learned');
  const mapped = learned.flatMap(({ heading, field }) => (field ? `${heading} → ${importFieldLabels[field]}` : []));
  const leftOut = learned.flatMap(({ heading, field, passedOver }) => (field || passedOver ? [] : heading));
  return [
    mapped.length === 0 ? '' : `Mapped as last time: ${mapped.join(', ')}.`,
    leftOut.length === 0 ? '' : `Left out as last time: ${leftOut.join(', ')}.`,
    ...columns.flatMap(({ heading, passedOver }) => (passedOver ? passedOverSentence(heading, passedOver) : [])),
  ]
    .filter(Boolean)
    .join(' ');
}

function passedOverSentence(heading: string, { field, reason }: PassedOver): string {
  const label = importFieldLabels[field];
  return reason === 'taken'
    ? `“${heading}” would be ${label} too, but another column is. If this one is the better, choose ${label} for it.`
    : `“${heading}” was ${label} last time; its cells look different now, so check it.`;
}
