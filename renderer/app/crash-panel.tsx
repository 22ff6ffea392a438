import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useRouteError } from 'react-router';
import { NoticePanel } from '../components/notice-panel.tsx';
import { faultText } from '../text/faults.ts';

export function CrashPanel({ error }: { readonly error: Error }) {
  return (
    <Box sx={{ height: '100%', display: 'flex' }}>
      <NoticePanel
        isPage
        live="alert"
        title={faultText.crashTitle}
        body={
          <>
            {faultText.crashNext}
            <Box
              component="pre"
              sx={{ whiteSpace: 'pre-wrap', userSelect: 'text', fontSize: '0.75rem', textAlign: 'left' }}
            >
              {error.message}
            </Box>
          </>
        }
      >
        <Button variant="outlined" onClick={() => window.location.reload()}>
          {faultText.reload}
        </Button>
      </NoticePanel>
    </Box>
  );
}

/** The same for a route: the frame around it goes on. */
export function RouteCrash() {
  const error = useRouteError();
  return <CrashPanel error={error instanceof Error ? error : new Error(String(error))} />;
}
