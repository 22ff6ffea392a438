import CheckCircle from '@mui/icons-material/CheckCircle';
import WarningAmber from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { OutputFor } from '../../client/operation-types.ts';
import { offlineText } from '../../text/offline-text.ts';

// Not an output element: it holds paragraphs.
const POLITE = 'status';

/** The answer in one word, with a sign and a colour, and what it means. */
export function Verdict({ state: { isReady, checks } }: { readonly state: OutputFor<'offline.state'> }) {
  const open = checks.filter(({ state }) => state === 'missing' || state === 'stale').length;
  const hasNotes = checks.some(({ state }) => state === 'warning');
  const colour = isReady ? 'success' : 'warning';
  const [title, body] = !isReady
    ? [offlineText.notReady, offlineText.notReadyBody(open)]
    : hasNotes
      ? [offlineText.noted, offlineText.notedBody]
      : [offlineText.ready, offlineText.readyBody];
  return (
    <Box
      role={POLITE}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto 1fr',
        alignItems: 'center',
        columnGap: 1.5,
        p: 2,
        borderRadius: 1.5,
        border: '1px solid',
        borderColor: `${colour}.main`,
        bgcolor: `color-mix(in srgb, var(--mui-palette-${colour}-main) 9%, var(--mui-palette-background-paper))`,
        '& svg': { fontSize: 32, color: `${colour}.main`, gridRow: '1 / 3' },
      }}
    >
      {isReady ? <CheckCircle /> : <WarningAmber />}
      <Typography variant="h2" component="p">
        {title}
      </Typography>
      <Typography>{body}</Typography>
    </Box>
  );
}
