import Box from '@mui/material/Box';
import { IMPORT_ISSUES, type ImportField, type ImportRow } from '../../../shared/model/import-row.ts';
import { issueSentence } from '../../../shared/model/import-issue-text.ts';
import { previewText } from '../../text/imports-text.ts';
import { issuesOf, worstFirst } from './grid-cells.ts';

type Props = { readonly id: string; readonly row: ImportRow | undefined; readonly field: ImportField | null };

/** What is said about the focused cell, then about the rest of its row. The cell names this line as its description. */
export function RowStatusLine({ id, row, field }: Props) {
  const ofCell = row && field ? issuesOf(row, field) : [];
  const ofRow = row ? row.issues.filter((issue) => !ofCell.includes(issue)) : [];
  const severityOf = (issue: ImportRow['issues'][number]) => IMPORT_ISSUES[issue.code];
  const all = [...worstFirst(ofCell, severityOf), ...worstFirst(ofRow, severityOf)];
  const worst = row?.status ?? null;
  return (
    <Box
      id={id}
      component="output"
      sx={{
        minHeight: 30,
        maxHeight: 46,
        overflow: 'auto',
        px: 0.5,
        py: 0.5,
        fontSize: '0.75rem',
        color: worst === 'error' ? 'error.main' : worst === 'warning' ? 'warning.main' : 'text.secondary',
      }}
    >
      {row && (
        <>
          <strong>
            {previewText.rowLabel(row.sourceRow)}
            {row.user && row.action !== 'create' && ` (${row.user.name})`}:
          </strong>{' '}
          {all.length === 0 ? previewText.rowReady : all.map(issueSentence).join(' ')}
        </>
      )}
    </Box>
  );
}
