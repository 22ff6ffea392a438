import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Link, useParams } from 'react-router';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { Pill } from '../../components/pill.tsx';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { importText } from '../../text/imports-text.ts';
import { dateTimeText } from '../../text/times.ts';
import { uploadsText } from '../../text/uploads-text.ts';
import { UploadActions } from './upload-actions.tsx';
import { UploadCounts } from './upload-counts.tsx';
import { UploadPause } from './upload-pause.tsx';
import { UploadRows } from './upload-rows.tsx';

/** IMP-9: what became of each row that was uploaded. */
export function UploadPage() {
  const { accountId, importId } = useParams() as { accountId: AccountId; importId: ImportId };
  const { data: upload, error, refetch } = useEngineQuery('uploads.get', { id: importId });
  if (error && upload === undefined && !isEngineLost(error))
    return <ErrorPanel isPage {...faultPanelText(error)} onRetry={() => void refetch()} />;
  if (upload === undefined) {
    return (
      <PageLayout title={importText.title}>
        <Skeleton variant="rounded" sx={{ flex: 1 }} />
      </PageLayout>
    );
  }
  if (upload === null) {
    return (
      <NoticePanel isPage title={uploadsText.goneTitle} body={uploadsText.goneBody}>
        <Button component={Link} to={`/accounts/${accountId}/import`} variant="outlined">
          {importText.back}
        </Button>
      </NoticePanel>
    );
  }
  return (
    <PageLayout
      title={upload.fileName}
      facts={
        <>
          {upload.undoOf !== null && <Pill tone="warning">{uploadsText.isUndo}</Pill>}
          <Typography variant="body2" color="textSecondary">
            {upload.accountName} · {dateTimeText(upload.createdAt)}
          </Typography>
        </>
      }
      actions={<UploadActions upload={upload} />}
    >
      <Typography component="output" sx={{ fontWeight: 600, pb: 1 }}>
        {uploadsText.summary(upload)}
      </Typography>
      <UploadCounts upload={upload} />
      <UploadPause upload={upload} />
      <UploadRows upload={upload} />
    </PageLayout>
  );
}
