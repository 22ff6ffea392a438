import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useEngineQuery } from '../client/engine-query.ts';
import { useCommand } from '../client/use-command.ts';
import { storageNotice, storageText } from '../text/storage-text.ts';

// Not an output element: the alert brings its own element and would be announced assertively without this.
const POLITE = 'status';

/** OFF-5: what had to be repaired, and what keeps work from being saved. */
export function StorageBanner({ onDetails }: { readonly onDetails: () => void }) {
  const { data } = useEngineQuery('storage.state', {});
  const { run } = useCommand('storage.acknowledge');
  const notice = data && storageNotice(data);
  if (!notice) return null;
  const { id, text, severity } = notice;
  return (
    <Alert
      severity={severity}
      square
      role={severity === 'error' ? 'alert' : POLITE}
      action={
        <>
          <Button color="inherit" onClick={onDetails}>
            {storageText.details}
          </Button>
          {id !== null && (
            <Button color="inherit" onClick={() => void run({ id })}>
              {storageText.understood}
            </Button>
          )}
        </>
      }
    >
      {text}
    </Alert>
  );
}
