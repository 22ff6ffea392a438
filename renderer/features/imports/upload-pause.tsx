import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { uploadsText } from '../../text/uploads-text.ts';
import type { Upload } from './upload.ts';

/** An upload that stands says why, and what can be done; one that goes can be made to stand. */
export function UploadPause({ upload }: { readonly upload: Upload }) {
  const { data } = useEngineQuery('jobs.list', { limit: 100 });
  const resume = useCommand('jobs.resume');
  const pause = useCommand('jobs.pause');
  const cancel = useCommand('jobs.cancel');
  const noticed = useNotices((notices) => notices.noticed);
  const job = data?.jobs.find(({ importId, finishedAt }) => importId === upload.id && finishedAt === null);
  if (!job || upload.waitingCount === 0) return null;
  const hasPreview = upload.undoOf === null && upload.purpose === '';
  const problem = problemSentence(resume) || problemSentence(pause) || problemSentence(cancel);
  const takeBack = (
    <Button
      color="inherit"
      size="small"
      loading={cancel.isRunning}
      onClick={() => {
        void cancel.run({ id: job.id }).then((outcome) => {
          if (outcome?.ok) noticed(hasPreview ? uploadsText.takenBack : uploadsText.withdrawn);
        });
      }}
    >
      {uploadsText.takeBack}
    </Button>
  );
  if (!upload.isPaused) {
    return (
      <Alert
        severity="info"
        sx={{ mt: 1 }}
        action={
          <>
            <Button
              color="inherit"
              size="small"
              loading={pause.isRunning}
              onClick={() => void pause.run({ id: job.id })}
            >
              {uploadsText.pause}
            </Button>
            {takeBack}
          </>
        }
      >
        {upload.isCanary ? uploadsText.canary : uploadsText.going}
        {problem && ` ${problem}`}
      </Alert>
    );
  }
  return (
    <Alert
      severity={upload.pauseReason === '' ? 'info' : 'warning'}
      sx={{ mt: 1 }}
      action={
        <>
          <Button
            variant="contained"
            size="small"
            loading={resume.isRunning}
            onClick={() => void resume.run({ id: job.id })}
          >
            {uploadsText.goOn}
          </Button>
          {takeBack}
        </>
      }
    >
      {upload.pauseReason === '' && !hasPreview ? uploadsText.pausedOfNoList : uploadsText.pauses[upload.pauseReason]}
      {problem && ` ${problem}`}
    </Alert>
  );
}
