import Alert from '@mui/material/Alert';
import Snackbar from '@mui/material/Snackbar';
import { useNotices } from '../state/notices.ts';
import { frameText } from '../text/frame-text.ts';

const SHOWN_MS = 6_000;

export function NoticeBar() {
  const current = useNotices((notices) => notices.current);
  const dismissed = useNotices((notices) => notices.dismissed);
  return (
    <Snackbar
      key={current?.key}
      open={current !== null}
      // What went wrong stays until it is read.
      autoHideDuration={current?.tone === 'error' ? null : SHOWN_MS}
      onClose={(_, reason) => {
        if (reason !== 'clickaway') dismissed();
      }}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
    >
      <Alert
        severity={current?.tone ?? 'info'}
        onClose={dismissed}
        closeText={frameText.dismiss}
        sx={{ border: '1px solid', borderColor: 'divider', boxShadow: 4, maxWidth: 640 }}
      >
        {current?.text}
      </Alert>
    </Snackbar>
  );
}
