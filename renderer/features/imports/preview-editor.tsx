import ExpandLess from '@mui/icons-material/ExpandLess';
import ExpandMore from '@mui/icons-material/ExpandMore';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ImportRow } from '../../../shared/model/import-row.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useEnginePages } from '../../client/use-engine-pages.ts';
import { IconAction } from '../../components/icon-action.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { Pill } from '../../components/pill.tsx';
import { usePreferences } from '../../state/preferences.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { rowHeights } from '../../theme/tokens.ts';
import { CancelImportDialog } from './cancel-import-dialog.tsx';
import { ExistingSelect } from './existing-select.tsx';
import type { ImportHeader } from './import-header.ts';
import { gridFields, type CellRange } from './grid-cells.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { PreviewGrid, type GridActions, type PreviewGridHandle } from './preview-grid.tsx';
import { AS_IN_FILE, type RowSort } from './preview-head.tsx';
import { PreviewToolbar, type RowFilter } from './preview-toolbar.tsx';
import { RecipeBanner } from './recipe-banner.tsx';
import { RecipeMenu } from './recipe-menu.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { ReplaceBar } from './replace-bar.tsx';
import { RowTools } from './row-tools.tsx';
import { UploadBar } from './upload-bar.tsx';
import { usePreviewActions } from './use-preview-actions.ts';
import { paceOf, type Pace } from './upload-pace.ts';
import { usePreviewKeys } from './use-preview-keys.ts';
import { useRecipe, type UsedRecipe } from './use-recipe.ts';
import { useRangeActions, type RowView } from './use-range-actions.ts';

type Props = {
  readonly header: ImportHeader;
  /** What a recipe did that was just used; null: none was. */
  readonly used: UsedRecipe | null;
  readonly onUsed: (used: UsedRecipe | null) => void;
};

/** IMP-2 to IMP-5, IMP-13: the Preview window of the portal. */
export function PreviewEditor({ header, used, onUsed }: Props) {
  const [filter, setFilter] = useState<RowFilter>('all');
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<RowSort>(AS_IN_FILE);
  const [selection, setSelection] = useState<CellRange | null>(null);
  const [isPlanOpen, setPlanOpen] = useState(false);
  const [isReplaceOpen, setReplaceOpen] = useState(false);
  const [isReadingOpen, setReadingOpen] = useState(true);
  const [isCancelling, setCancelling] = useState(false);
  const grid = useRef<PreviewGridHandle>(null);
  const navigate = useNavigate();
  const density = usePreferences((preferences) => preferences.density);
  const view: RowView = { filter, search, sort };
  const list = useEnginePages({ name: 'imports.rows', input: { id: header.id, ...view }, rowsOf });
  const fields = gridFields(header);
  const actions = usePreviewActions({ header, view, grid, onFilter: setFilter });
  const ranges = useRangeActions({ id: header.id, view, fields });
  const recipe = useRecipe(header, onUsed);
  const gridActions: GridActions = {
    ...ranges,
    edit: (row, field, value) => void actions.edit(row, field, value),
    remove: (row) => void actions.remove(row),
  };
  const upload = (pace: Pace): void => {
    setPlanOpen(false);
    void actions.upload(pace).then((left) => {
      if (left === 0) void navigate(`/accounts/${header.accountId}/uploads/${header.id}`);
    });
  };
  const importPage = `/accounts/${header.accountId}/import`;

  usePreviewKeys({
    onFind: (direction) => void actions.find(direction),
    onUndo: (direction) => void actions.undo(direction),
    onReplace: () => setReplaceOpen(true),
  });
  return (
    <Box sx={{ height: '100%', minHeight: 0 }}>
      <PageLayout
        title={header.fileName}
        facts={header.reading && <Pill tone="accent">{header.reading.format.toUpperCase()}</Pill>}
        actions={
          <>
            <RecipeMenu header={header} recipe={recipe} />
            <ExistingSelect header={header} />
            <IconAction
              label={previewText.columns}
              aria-expanded={isReadingOpen}
              onClick={() => setReadingOpen((isOpen) => !isOpen)}
            >
              {isReadingOpen ? <ExpandLess fontSize="small" /> : <ExpandMore fontSize="small" />}
            </IconAction>
          </>
        }
      >
        <RecipeBanner header={header} recipe={recipe} used={used} onClose={() => onUsed(null)} />
        {isReadingOpen && <ReadingPanel header={header} />}
        <PreviewToolbar
          header={header}
          filter={filter}
          search={search}
          isReplaceOpen={isReplaceOpen}
          onFilter={setFilter}
          onSearch={setSearch}
          onFind={(direction) => void actions.find(direction)}
          onUndo={(direction) => void actions.undo(direction)}
          onReplaceToggle={() => setReplaceOpen((isOpen) => !isOpen)}
        />
        {actions.fault && <Alert severity="error">{problemSentence({ outcome: null, fault: actions.fault })}</Alert>}
        {isReplaceOpen && <ReplaceBar header={header} view={view} />}
        <RowTools
          header={header}
          filter={filter}
          fields={fields}
          selection={selection}
          actions={gridActions}
          onAddRow={() => void actions.addRow()}
        />
        {list.total === 0 && !list.isStale ? (
          <NoticePanel
            live="status"
            title={filter === 'all' ? previewText.noRows : previewText.emptyFilter}
            body={filter === 'all' ? previewText.noRowsBody : previewText.emptyFilterBody}
          />
        ) : (
          <PreviewGrid
            key={`${filter} ${search}`}
            ref={grid}
            fields={fields}
            rowCount={list.total ?? 12}
            rowAt={(index) => actions.shown(list.rowAt(index))}
            rowHeight={rowHeights[density]}
            isStale={list.isStale}
            sort={sort}
            actions={gridActions}
            onSort={setSort}
            onRange={list.onRange}
            onSelect={setSelection}
          />
        )}
        <UploadBar
          header={header}
          isUploading={actions.isUploading}
          onCancel={() => setCancelling(true)}
          onPlan={() => setPlanOpen(true)}
          onUpload={() => upload(paceOf(header.createCount + header.changeCount, true))}
        />
      </PageLayout>
      {isPlanOpen && (
        <PlanDialog
          header={header}
          onClose={() => setPlanOpen(false)}
          onShow={(wanted) => {
            setPlanOpen(false);
            setFilter(wanted);
          }}
          onUpload={upload}
        />
      )}
      {isCancelling && (
        <CancelImportDialog
          draft={header}
          onClose={() => setCancelling(false)}
          onCancelled={() => void navigate(importPage)}
        />
      )}
    </Box>
  );
}

function rowsOf(answer: OutputFor<'imports.rows'>): readonly ImportRow[] {
  return answer.rows;
}
