import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { AccountId, UserId } from '../../../shared/model/ids.ts';
import { displayNameOf } from '../../../shared/model/user.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { historyText } from '../../text/history-text.ts';
import { EntryFeed } from './entry-feed.tsx';
import { RecordAtDialog } from './record-at-dialog.tsx';
import { VersionFeed } from './version-feed.tsx';

/** OFF-4 for one user, inside the user's panel. */
export function RecordHistory() {
  const { accountId, userId } = useParams() as { accountId: AccountId; userId: UserId };
  const [view, setView] = useState<'here' | 'cloud'>('here');
  const [isAsOf, setAsOf] = useState(false);
  const user = useEngineQuery('users.get', { id: userId }).data;
  const status = useSyncStatus(null);
  return (
    <Box sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
      <Box sx={{ display: 'flex', gap: 1, px: 2, py: 1, alignItems: 'center' }}>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={view}
          aria-label={historyText.views}
          onChange={(_, next: 'here' | 'cloud' | null) => next && setView(next)}
          sx={{ flex: 1, '& .MuiToggleButton-root': { py: 0.25 } }}
        >
          <ToggleButton value="here">{historyText.here}</ToggleButton>
          <ToggleButton value="cloud">{historyText.cloud}</ToggleButton>
        </ToggleButtonGroup>
        <Button variant="outlined" onClick={() => setAsOf(true)}>
          {historyText.asOf}
        </Button>
      </Box>
      <Box
        sx={{
          flex: 1,
          minHeight: 0,
          display: 'flex',
          flexDirection: 'column',
          borderTop: '1px solid',
          borderColor: 'divider',
        }}
      >
        {view === 'here' ? (
          <EntryFeed accountId={accountId} entityId={userId} outcome="all" />
        ) : (
          <VersionFeed accountId={accountId} entityId={userId} />
        )}
      </Box>
      {isAsOf && user && status && (
        <RecordAtDialog
          record={{ type: 'user', entityId: userId, name: displayNameOf(user) }}
          at={status.now}
          now={status.now}
          onClose={() => setAsOf(false)}
        />
      )}
    </Box>
  );
}
