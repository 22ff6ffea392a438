import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import type { RecipeContent as Content } from '../../../shared/model/import-recipe.ts';
import { fixSentence, recipesText } from '../../text/recipes-text.ts';

/** What a recipe does, in words. `hasRepairs`: also its choice for known addresses and its repairs. */
export function RecipeContent({
  content,
  hasRepairs = true,
}: {
  readonly content: Content;
  readonly hasRepairs?: boolean;
}) {
  const repairs = hasRepairs
    ? [...(content.existing ? [recipesText.keepExisting(content.existing)] : []), ...content.fixes.map(fixSentence)]
    : [];
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <Part title={recipesText.columns} lines={columnLines(content)} />
      <Part title={recipesText.reading} lines={readingLines(content)} />
      <Part title={recipesText.repairs} lines={repairs} />
    </Box>
  );
}

function Part({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Box>
      <Typography sx={{ fontWeight: 600 }}>{title}</Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5, listStyleType: 'disc' }}>
        {[...new Set(lines)].map((line) => (
          <Typography key={line} component="li" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {line}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

function columnLines({ columns }: Content): readonly string[] {
  if (columns.length === 0) return [recipesText.noColumns];
  const headingsOf = (field: Content['columns'][number]['field']): readonly string[] =>
    columns.filter((column) => column.field === field).map(({ heading }) => heading);
  const leftOut = headingsOf(null);
  return [
    ...IMPORT_FIELDS.flatMap((field) =>
      headingsOf(field).length > 0 ? [recipesText.column(field, headingsOf(field))] : [],
    ),
    ...(leftOut.length > 0 ? [recipesText.leftOut(leftOut)] : []),
  ];
}

function readingLines({ reading: { sheet, encoding, delimiter, headerRow } }: Content): readonly string[] {
  return [
    ...(sheet === null ? [] : [recipesText.sheet(sheet)]),
    ...(encoding === null ? [] : [recipesText.encoding(encoding)]),
    ...(delimiter === null ? [] : [recipesText.delimiter(delimiter)]),
    ...(headerRow === null ? [] : [recipesText.headerRow(headerRow)]),
  ];
}
