import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { HistoryOutcome } from '../../../shared/contract/history.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { historyText, outcomeLabels } from '../../text/history-text.ts';
import { dataAge } from '../../text/times.ts';
import { AccountFilter } from './account-filter.tsx';
import { EntryFeed } from './entry-feed.tsx';
import { RecordAtDialog } from './record-at-dialog.tsx';
import { VersionFeed } from './version-feed.tsx';

const OUTCOMES = Object.keys(outcomeLabels) as HistoryOutcome[];

/** OFF-4: of everything on this laptop, or of the account in the address. */
export function HistoryPage() {
  const fixedId = (useParams()['accountId'] ?? null) as AccountId | null;
  return <HistoryOf key={fixedId ?? ''} fixedId={fixedId} />;
}

function HistoryOf({ fixedId }: { readonly fixedId: AccountId | null }) {
  const [view, setView] = useState<'here' | 'cloud'>('here');
  const [outcome, setOutcome] = useState<HistoryOutcome | 'all'>('all');
  const [chosen, setChosen] = useState<{ readonly id: AccountId; readonly name: string } | null>(null);
  const [isAsOf, setAsOf] = useState(false);
  const accountId = fixedId ?? chosen?.id ?? null;
  const status = useSyncStatus(accountId);
  const account = useEngineQuery('accounts.get', { id: accountId as AccountId }, { enabled: accountId !== null }).data;
  const isCloud = view === 'cloud' && accountId !== null;
  return (
    <PageLayout
      title={historyText.title}
      facts={isCloud && status && <AgeLabel {...dataAge(status.usersSyncedAt, status.nowMs)} />}
      actions={
        account && (
          <Button variant="outlined" onClick={() => setAsOf(true)}>
            {historyText.asOf}
          </Button>
        )
      }
    >
      <Typography color="textSecondary" sx={{ pb: 1.25 }}>
        {isCloud ? historyText.leadCloud : historyText.lead}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1.5, pb: 1.25, alignItems: 'center', flexWrap: 'wrap' }}>
        {fixedId === null && <AccountFilter value={chosen} onChange={setChosen} />}
        {accountId !== null && (
          <ToggleButtonGroup
            exclusive
            size="small"
            value={view}
            aria-label={historyText.views}
            onChange={(_, next: 'here' | 'cloud' | null) => next && setView(next)}
          >
            <ToggleButton value="here">{historyText.here}</ToggleButton>
            <ToggleButton value="cloud">{historyText.cloud}</ToggleButton>
          </ToggleButtonGroup>
        )}
        {!isCloud && (
          <TextField
            select
            label={historyText.outcome}
            value={outcome}
            onChange={(event) => setOutcome(event.target.value as HistoryOutcome | 'all')}
            fullWidth={false}
            sx={{ width: 200 }}
          >
            <MenuItem value="all">{historyText.all}</MenuItem>
            {OUTCOMES.map((one) => (
              <MenuItem key={one} value={one}>
                {outcomeLabels[one]}
              </MenuItem>
            ))}
          </TextField>
        )}
      </Box>
      {isCloud ? <VersionFeed accountId={accountId} /> : <EntryFeed accountId={accountId} outcome={outcome} />}
      {isAsOf && account && status && (
        <RecordAtDialog
          record={{ type: 'account', entityId: account.id, name: account.name }}
          at={status.now}
          now={status.now}
          onClose={() => setAsOf(false)}
        />
      )}
    </PageLayout>
  );
}
