import FolderOpen from '@mui/icons-material/FolderOpenOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useNavigate } from 'react-router';
import { useEngine } from '../../client/engine-provider.tsx';
import { useCommand } from '../../client/use-command.ts';
import { planText } from '../../text/plan-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

/** IMP-6: a plan that was saved here or on another laptop; it knows its account. */
export function OpenPlanButton() {
  const { bridge, client } = useEngine();
  const { run, isRunning, outcome, fault } = useCommand('imports.openPlan');
  const navigate = useNavigate();
  const open = async (): Promise<void> => {
    const chosen = await bridge.chooseFieldlinkFile();
    const opened = chosen && (await run({ file: chosen.grant }));
    if (!opened?.ok) return;
    const header = await client.imports.get({ id: opened.value.id });
    if (header) void navigate(`/accounts/${header.accountId}/import/${header.id}`);
  };
  const problem = problemSentence({ outcome, fault });
  return (
    <Box sx={{ pt: 1 }}>
      <Button startIcon={<FolderOpen />} loading={isRunning} onClick={() => void open()}>
        {planText.openFile}
      </Button>
      {problem && (
        <Alert severity="error" sx={{ mt: 1 }}>
          {problem}
        </Alert>
      )}
    </Box>
  );
}
