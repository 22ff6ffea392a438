import Download from '@mui/icons-material/FileDownloadOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useCommand } from '../../client/use-command.ts';
import { useNotices } from '../../state/notices.ts';
import { importText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

type Props = { readonly accountId: AccountId; readonly accountName: string };

export function TemplateButtons({ accountId, accountName }: Props) {
  const { bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  const { run, isRunning, outcome, fault } = useCommand('imports.saveTemplate');
  const save = async (withUsers: boolean): Promise<void> => {
    const target = await bridge.chooseTableTarget(importText.templateName(accountName));
    if (!target) return;
    const saved = await run({ accountId, file: target.grant, withUsers });
    if (saved?.ok) noticed(importText.templateSaved(target.name, saved.value.userCount), 'success');
  };
  const problem = problemSentence({ outcome, fault });
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <Button variant="outlined" startIcon={<Download />} disabled={isRunning} onClick={() => void save(false)}>
        {importText.emptyTemplate}
      </Button>
      <Button variant="outlined" startIcon={<Download />} disabled={isRunning} onClick={() => void save(true)}>
        {importText.filledTemplate}
      </Button>
      {problem && (
        <Alert severity="error" sx={{ width: '100%' }}>
          {problem}
        </Alert>
      )}
    </Box>
  );
}
