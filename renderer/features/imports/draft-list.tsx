import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { FormPanel } from '../../components/form-panel.tsx';
import { IconAction } from '../../components/icon-action.tsx';
import { Pill } from '../../components/pill.tsx';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { importText, needsColumnSentence, readFailureSentence } from '../../text/imports-text.ts';
import { dateTimeText } from '../../text/times.ts';
import { CancelImportDialog } from './cancel-import-dialog.tsx';
import { OpenPlanButton } from './open-plan-button.tsx';
import type { ImportHeader } from './import-header.ts';

/** The previews that wait for a person. They survive closing the console. */
export function DraftList({ accountId }: { readonly accountId: AccountId }) {
  const { data, error, refetch } = useEngineQuery('imports.list', { accountId });
  const [dropped, setDropped] = useState<ImportHeader | null>(null);
  return (
    <FormPanel title={importText.drafts} columns={1}>
      {error && !data && <ErrorPanel {...faultPanelText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton variant="rounded" height={40} />}
      {data?.imports.length === 0 && <Typography color="textSecondary">{importText.draftsEmpty}</Typography>}
      {data && data.imports.length > 0 && (
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {data.imports.map((draft) => (
            <DraftLine key={draft.id} draft={draft} onDrop={() => setDropped(draft)} />
          ))}
        </Box>
      )}
      <OpenPlanButton />
      {dropped && (
        <CancelImportDialog draft={dropped} onClose={() => setDropped(null)} onCancelled={() => setDropped(null)} />
      )}
    </FormPanel>
  );
}

function DraftLine({ draft, onDrop }: { readonly draft: ImportHeader; readonly onDrop: () => void }) {
  const isFailed = draft.state === 'failed';
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        py: 0.75,
        borderTop: '1px solid',
        borderColor: 'divider',
        '&:first-of-type': { border: 0 },
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography noWrap sx={{ fontWeight: 600 }} title={draft.fileName} dir="auto">
          {draft.fileName}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {isFailed
            ? draft.reading
              ? needsColumnSentence
              : readFailureSentence(draft.failure)
            : `${dateTimeText(draft.updatedAt)} · ${draft.state === 'finished' ? importText.draftRows(draft.queuedCount, 0) : importText.draftRows(draft.rowCount, draft.errorCount)}`}
        </Typography>
      </Box>
      <DraftState draft={draft} />
      <Button
        component={Link}
        to={`/accounts/${draft.accountId}/import/${draft.id}`}
        variant="outlined"
        aria-label={`${importText.open} ${draft.fileName}`}
      >
        {importText.open}
      </Button>
      <IconAction label={`${importText.dropDraft}: ${draft.fileName}`} onClick={onDrop}>
        <DeleteOutline fontSize="small" />
      </IconAction>
    </Box>
  );
}

function DraftState({ draft }: { readonly draft: ImportHeader }) {
  switch (draft.state) {
    case 'failed':
      return draft.reading ? (
        <Pill tone="warning">{importText.needsColumn}</Pill>
      ) : (
        <Pill tone="error">{importText.failed}</Pill>
      );
    case 'finished':
      return <Pill tone="success">{importText.finished}</Pill>;
    case 'reading':
    case 'preview':
      return null;
  }
}
