import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { useEngineQuery } from '../client/engine-query.ts';
import { conflictsText } from '../text/conflicts-text.ts';
import { offlineText } from '../text/offline-text.ts';

/** From the connection to what it leaves to do: conflicts it found, and the look before it is left behind. */
export function ConnectionLinks({ onLeave }: { readonly onLeave: () => void }) {
  const conflicts = useEngineQuery('conflicts.list', { accountId: null, limit: 1 }).data?.total ?? 0;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 0.5,
        mt: 1.5,
        pt: 1,
        mx: -1,
        borderTop: '1px solid',
        borderColor: 'divider',
      }}
    >
      <Button component={Link} to="/offline" onClick={onLeave}>
        {offlineText.title}
      </Button>
      {conflicts > 0 && (
        <Button color="error" component={Link} to="/conflicts" onClick={onLeave}>
          {conflictsText.total(conflicts)}
        </Button>
      )}
    </Box>
  );
}
