import Download from '@mui/icons-material/FileDownloadOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useState } from 'react';
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
  const [withOptional, setOptional] = useState(false);
  const save = async (withUsers: boolean): Promise<void> => {
    const target = await bridge.chooseTableTarget(importText.templateName(accountName));
    if (!target) return;
    const saved = await run({ accountId, file: target.grant, withUsers, withOptional });
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
      <FormControlLabel
        sx={{ width: '100%' }}
        control={
          <Checkbox size="small" checked={withOptional} onChange={(event) => setOptional(event.target.checked)} />
        }
        label={importText.optionalColumns}
      />
      {problem && (
        <Alert severity="error" sx={{ width: '100%' }}>
          {problem}
        </Alert>
      )}
    </Box>
  );
}
