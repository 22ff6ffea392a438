import ExpandLess from '@mui/icons-material/ExpandLess';
import ExpandMore from '@mui/icons-material/ExpandMore';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ImportRow } from '../../../shared/model/import-row.ts';
import { useEngine } from '../../client/engine-provider.tsx';
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
import type { ImportHeader } from './import-header.ts';
import { PreviewGrid, type PreviewGridHandle } from './preview-grid.tsx';
import { PreviewToolbar, type RowFilter } from './preview-toolbar.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { ReplaceBar } from './replace-bar.tsx';
import { UploadBar } from './upload-bar.tsx';
import { usePreviewActions } from './use-preview-actions.ts';
import { usePreviewKeys } from './use-preview-keys.ts';

/** IMP-2 to IMP-5: the Preview window of the portal. */
export function PreviewEditor({ header }: { readonly header: ImportHeader }) {
  const [filter, setFilter] = useState<RowFilter>('all');
  const [isReplaceOpen, setReplaceOpen] = useState(false);
  const [isReadingOpen, setReadingOpen] = useState(true);
  const [isCancelling, setCancelling] = useState(false);
  const grid = useRef<PreviewGridHandle>(null);
  const navigate = useNavigate();
  const { bridge } = useEngine();
  const density = usePreferences((preferences) => preferences.density);
  const list = useEnginePages({ name: 'imports.rows', input: { id: header.id, filter }, rowsOf });
  const actions = usePreviewActions({ header, filter, grid, onFilter: setFilter });
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
          <IconAction
            label={previewText.columns}
            aria-expanded={isReadingOpen}
            onClick={() => setReadingOpen((isOpen) => !isOpen)}
          >
            {isReadingOpen ? <ExpandLess fontSize="small" /> : <ExpandMore fontSize="small" />}
          </IconAction>
        }
      >
        {isReadingOpen && <ReadingPanel header={header} />}
        <PreviewToolbar
          header={header}
          filter={filter}
          isReplaceOpen={isReplaceOpen}
          onFilter={setFilter}
          onFind={(direction) => void actions.find(direction)}
          onUndo={(direction) => void actions.undo(direction)}
          onAddRow={() => void actions.addRow()}
          onReplaceToggle={() => setReplaceOpen((isOpen) => !isOpen)}
        />
        {actions.fault && <Alert severity="error">{problemSentence({ outcome: null, fault: actions.fault })}</Alert>}
        {isReplaceOpen && <ReplaceBar header={header} filter={filter} />}
        {list.total === 0 && !list.isStale ? (
          <NoticePanel
            live="status"
            title={filter === 'all' ? previewText.noRows : previewText.emptyFilter}
            body={filter === 'all' ? previewText.noRowsBody : previewText.emptyFilterBody}
          />
        ) : (
          <PreviewGrid
            key={filter}
            ref={grid}
            rowCount={list.total ?? 12}
            rowAt={(index) => actions.shown(list.rowAt(index))}
            rowHeight={rowHeights[density]}
            isStale={list.isStale}
            onRange={list.onRange}
            onEdit={(row, field, value) => void actions.edit(row, field, value)}
            onDelete={(row) => void actions.remove(row)}
            onCopy={(text) => void bridge.copyText(text)}
          />
        )}
        <UploadBar
          header={header}
          isUploading={actions.isUploading}
          onCancel={() => setCancelling(true)}
          onUpload={() => {
            void actions.upload().then((left) => {
              if (left === 0) void navigate(`/accounts/${header.accountId}/users`);
            });
          }}
        />
      </PageLayout>
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
