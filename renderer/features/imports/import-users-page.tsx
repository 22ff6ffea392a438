import ContentPaste from '@mui/icons-material/ContentPasteOutlined';
import MenuBook from '@mui/icons-material/MenuBookOutlined';
import UploadFile from '@mui/icons-material/UploadFileOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useEngineQuery } from '../../client/engine-query.ts';
import { usePermission, useSession } from '../../client/use-session.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { importText } from '../../text/imports-text.ts';
import { recipesText } from '../../text/recipes-text.ts';
import { dataAge } from '../../text/times.ts';
import { DraftList } from './draft-list.tsx';
import { UploadList } from './upload-list.tsx';
import { FileDropZone } from './file-drop-zone.tsx';
import { ImportStep } from './import-step.tsx';
import { TemplateButtons } from './template-buttons.tsx';
import { useOpenImport } from './use-open-import.ts';
import { usePaste } from './use-paste.ts';

/** IMP-1: the three steps of the portal's Import Users panel, and the previews that are open. */
export function ImportUsersPage() {
  const accountId = useParams()['accountId'] as AccountId;
  const { bridge } = useEngine();
  const session = useSession();
  const mayAdd = usePermission('users.add');
  const status = useSyncStatus(accountId);
  const account = useEngineQuery('accounts.get', { id: accountId }).data;
  const [isDropRefused, setDropRefused] = useState(false);
  const { name, isRunning, problem, pasteProblem, openFile, openText } = useOpenImport(accountId);

  const onDrop = async (dropped: File): Promise<void> => {
    const accepted = await bridge.acceptDrop(dropped);
    setDropRefused(accepted === null);
    await openFile(accepted);
  };
  usePaste(({ text, file }) => {
    if (isRunning || !mayAdd) return;
    void (file && text === '' ? onDrop(file) : openText(text));
  });
  if (session && !mayAdd)
    return <NoticePanel isPage title={importText.noPermissionTitle} body={importText.noPermissionBody} />;
  return (
    <Box sx={{ height: '100%', overflow: 'auto' }}>
      <PageLayout
        title={importText.title}
        facts={status && <AgeLabel {...dataAge(status.usersSyncedAt, status.nowMs)} />}
        actions={
          <Button
            component={Link}
            to={`/accounts/${accountId}/import/recipes`}
            startIcon={<MenuBook />}
            variant="outlined"
          >
            {recipesText.title}
          </Button>
        }
      >
        <Box sx={{ display: 'grid', gap: 1.5, maxWidth: 860 }}>
          <ImportStep number={1} title={importText.step1} note={importText.step1Note}>
            <TemplateButtons accountId={accountId} accountName={account?.name ?? ''} />
          </ImportStep>
          <ImportStep number={2} title={importText.step2} note={importText.step2Note} />
          <ImportStep number={3} title={importText.step3} note={importText.step3Note}>
            <FileDropZone label={importText.dropNow} onDrop={(dropped) => void onDrop(dropped)} isDisabled={isRunning}>
              {isRunning ? (
                <Box component="output" sx={{ width: '100%', display: 'grid', gap: 1 }}>
                  <Typography sx={{ fontWeight: 600 }} noWrap title={name}>
                    {importText.reading(name)}
                  </Typography>
                  <LinearProgress aria-label={importText.reading(name)} />
                  <Typography variant="caption" color="textSecondary">
                    {importText.readingNote}
                  </Typography>
                </Box>
              ) : (
                <>
                  <Button
                    variant="contained"
                    startIcon={<UploadFile />}
                    onClick={() => void bridge.chooseSpreadsheet().then(openFile)}
                  >
                    {importText.upload}
                  </Button>
                  <Button
                    variant="outlined"
                    startIcon={<ContentPaste />}
                    title={importText.pasteNote}
                    onClick={() => void bridge.pasteText().then(openText)}
                  >
                    {importText.paste}
                  </Button>
                  <Typography color="textSecondary">{importText.drop}</Typography>
                </>
              )}
            </FileDropZone>
            {isDropRefused && (
              <Alert severity="warning" sx={{ mt: 1 }}>
                {importText.dropRefused}
              </Alert>
            )}
            {pasteProblem !== '' && (
              <Alert severity="warning" sx={{ mt: 1 }}>
                {pasteProblem}
              </Alert>
            )}
            {problem && !isRunning && (
              <Alert severity="error" sx={{ mt: 1 }}>
                <strong>{importText.failedTitle(name)}</strong>
                <br />
                {problem}
              </Alert>
            )}
          </ImportStep>
          <DraftList accountId={accountId} />
          <UploadList accountId={accountId} />
        </Box>
      </PageLayout>
    </Box>
  );
}
