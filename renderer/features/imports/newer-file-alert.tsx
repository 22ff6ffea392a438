import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useCommand } from '../../client/use-command.ts';
import { planText } from '../../text/plan-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { ImportHeader } from './import-header.ts';

/** IMP-6: the plan is of the file as it was read, and the file has been saved again since. */
export function NewerFileAlert({ header, onReread }: { readonly header: ImportHeader; readonly onReread: () => void }) {
  const { run, isRunning, outcome, fault } = useCommand('imports.reread');
  const reread = async (): Promise<void> => {
    const read = await run({ id: header.id });
    if (read?.ok) onReread();
  };
  const action = (
    <Button color="inherit" size="small" loading={isRunning} onClick={() => void reread()}>
      {planText.readAgain}
    </Button>
  );
  return (
    <Alert severity="warning" action={action}>
      {problemSentence({ outcome, fault }) || planText.newerFile(header.fileName, header.canUndo)}
    </Alert>
  );
}
