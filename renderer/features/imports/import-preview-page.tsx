import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import LinearProgress from '@mui/material/LinearProgress';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { importText, readFailureSentence } from '../../text/imports-text.ts';
import type { UsedRecipe } from './use-recipe.ts';
import { UnmappedImport } from './unmapped-import.tsx';
import { PreviewEditor } from './preview-editor.tsx';

/** One import, whatever state it is in. */
export function ImportPreviewPage() {
  const { accountId, importId } = useParams() as { accountId: AccountId; importId: ImportId };
  // Kept here, because the screen below becomes another one when a recipe finds the column that was missing.
  const [lastUse, setLastUse] = useState<{ readonly importId: ImportId; readonly used: UsedRecipe } | null>(null);
  const used = lastUse?.importId === importId ? lastUse.used : null;
  const setUsed = (next: UsedRecipe | null): void => setLastUse(next && { importId, used: next });
  const { data: header, error, refetch } = useEngineQuery('imports.get', { id: importId });
  const back = (
    <Button component={Link} to={`/accounts/${accountId}/import`} variant="outlined">
      {importText.back}
    </Button>
  );
  if (error && header === undefined && !isEngineLost(error)) {
    return <ErrorPanel isPage {...faultPanelText(error)} onRetry={() => void refetch()} />;
  }
  if (header === undefined) {
    return (
      <PageLayout title={importText.title}>
        <Skeleton variant="rounded" sx={{ flex: 1 }} />
      </PageLayout>
    );
  }
  if (header === null) {
    return (
      <NoticePanel isPage title={importText.goneTitle} body={importText.goneBody}>
        {back}
      </NoticePanel>
    );
  }
  switch (header.state) {
    case 'reading':
      return (
        <NoticePanel
          isPage
          live="status"
          title={importText.reading(header.fileName)}
          body={
            <Box sx={{ display: 'grid', gap: 1.5 }}>
              {importText.readingNote}
              <LinearProgress aria-label={importText.reading(header.fileName)} />
            </Box>
          }
        />
      );
    case 'failed':
      return header.reading ? (
        <UnmappedImport key={header.id} header={header} reading={header.reading} onUsed={setUsed}>
          {back}
        </UnmappedImport>
      ) : (
        <PageLayout title={importText.title}>
          <Alert severity="error" sx={{ maxWidth: 860 }}>
            <strong>{importText.failedTitle(header.fileName)}</strong>
            <br />
            {readFailureSentence(header.failure)}
          </Alert>
          <Box sx={{ mt: 2 }}>{back}</Box>
        </PageLayout>
      );
    case 'finished':
      return (
        <NoticePanel
          isPage
          live="status"
          title={importText.finishedTitle}
          body={importText.finishedBody(header.queuedCount)}
        >
          <Button component={Link} to={`/accounts/${accountId}/uploads/${importId}`} variant="contained">
            {importText.openResults}
          </Button>
          <Button component={Link} to="/outbox" variant="outlined">
            {importText.openOutbox}
          </Button>
          <Button component={Link} to={`/accounts/${accountId}/users`} variant="outlined">
            {importText.toUsers}
          </Button>
        </NoticePanel>
      );
    case 'preview':
      return <PreviewEditor key={header.id} header={header} used={used} onUsed={setUsed} />;
  }
}
