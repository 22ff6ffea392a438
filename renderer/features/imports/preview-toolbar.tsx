import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import FindReplace from '@mui/icons-material/FindReplace';
import Redo from '@mui/icons-material/Redo';
import Undo from '@mui/icons-material/Undo';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { InputFor } from '../../client/operation-types.ts';
import { IconAction } from '../../components/icon-action.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Pill } from '../../components/pill.tsx';
import { previewText } from '../../text/imports-text.ts';
import type { ImportHeader } from './import-header.ts';

/** What a person corrected is no filter of the screen. */
export type RowFilter = Exclude<NonNullable<InputFor<'imports.findRow'>['filter']>, 'changed'>;
const FILTERS: readonly RowFilter[] = ['all', 'errors', 'warnings', 'cleaned', 'ready'];
/** Shown when there is such a row. */
const PLAN_FILTERS: readonly RowFilter[] = ['create', 'change', 'unchanged', 'skip', 'conflict'];

type Props = {
  readonly header: ImportHeader;
  readonly filter: RowFilter;
  readonly search: string;
  readonly isReplaceOpen: boolean;
  readonly onFilter: (filter: RowFilter) => void;
  readonly onSearch: (search: string) => void;
  readonly onFind: (direction: 'next' | 'previous') => void;
  readonly onUndo: (direction: 'undo' | 'redo') => void;
  readonly onReplaceToggle: () => void;
};

export function PreviewToolbar({ header, filter, search, isReplaceOpen, ...on }: Props) {
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap', py: 1 }}>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={filter}
        aria-label={previewText.filter}
        onChange={(_, next: RowFilter | null) => next && on.onFilter(next)}
      >
        {[...FILTERS, ...PLAN_FILTERS.filter((option) => isWorthIt(header, option, filter))].map((option) => (
          <ToggleButton key={option} value={option}>
            {previewText.filterWithCount(previewText.filters[option], countOf(header, option))}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {header.errorCount === 0 && header.rowCount > 0 && (
        <Pill tone="success" icon={<CheckCircle />}>
          {previewText.noErrors}
        </Pill>
      )}
      <IconAction
        label={previewText.nextError}
        shortcut="F8"
        disabled={header.errorCount === 0}
        onClick={() => on.onFind('next')}
      >
        <ArrowDownward fontSize="small" />
      </IconAction>
      <IconAction
        label={previewText.previousError}
        shortcut="Shift+F8"
        disabled={header.errorCount === 0}
        onClick={() => on.onFind('previous')}
      >
        <ArrowUpward fontSize="small" />
      </IconAction>
      <Box sx={{ flex: 1 }} />
      <SearchField
        label={previewText.search}
        clearLabel={previewText.clearSearch}
        value={search}
        width={176}
        onChange={on.onSearch}
      />
      <IconAction
        label={previewText.undo}
        shortcut="Ctrl+Z"
        disabled={!header.canUndo}
        onClick={() => on.onUndo('undo')}
      >
        <Undo fontSize="small" />
      </IconAction>
      <IconAction
        label={previewText.redo}
        shortcut="Ctrl+Y"
        disabled={!header.canRedo}
        onClick={() => on.onUndo('redo')}
      >
        <Redo fontSize="small" />
      </IconAction>
      <Button startIcon={<FindReplace />} aria-expanded={isReplaceOpen} onClick={on.onReplaceToggle}>
        {previewText.find}
      </Button>
    </Box>
  );
}

function countOf(header: ImportHeader, filter: RowFilter): number {
  switch (filter) {
    case 'all':
      return header.rowCount;
    case 'errors':
      return header.errorCount;
    case 'warnings':
      return header.warningCount;
    case 'cleaned':
      return header.infoCount;
    case 'ready':
      return header.rowCount - header.errorCount;
    default:
      return header[`${filter}Count`];
  }
}

/** New rows are the rule; they need a filter of their own only beside others. */
function isWorthIt(header: ImportHeader, option: RowFilter, chosen: RowFilter): boolean {
  if (option === chosen) return true;
  if (option === 'create') return header.createCount > 0 && header.createCount + header.errorCount < header.rowCount;
  return countOf(header, option) > 0;
}
