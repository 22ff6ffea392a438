import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import type { OfflineCheck } from '../../../shared/contract/offline.ts';
import { usePins } from '../../client/use-pins.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { Pill, type Tone } from '../../components/pill.tsx';
import { PlainIcon } from '../../components/plain-icon.tsx';
import { useNotices } from '../../state/notices.ts';
import { checkWords, offlineStates, offlineText } from '../../text/offline-text.ts';
import { dataAge } from '../../text/times.ts';

const tones: Readonly<Record<OfflineCheck['state'], Tone>> = {
  ready: 'success',
  missing: 'error',
  stale: 'warning',
  warning: 'note',
};
const icons = { ready: 'ready', missing: 'error', stale: 'warning', warning: 'info' } as const;
const colours = { ready: 'success.main', missing: 'error.main', stale: 'warning.main', warning: 'info.main' } as const;

/** One check with its state, its age and the way to mend it. */
export function CheckLine({ check, nowMs }: { readonly check: OfflineCheck; readonly nowMs: number }) {
  const { state, what, syncedAt, isFetching } = check;
  const { title, body } = checkWords(check);
  const hasAge = what === 'accounts' || what === 'pinned-account';
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        px: 2,
        py: 1.25,
        minWidth: 0,
        '&:not(:last-of-type)': { borderBottom: '1px solid', borderColor: 'divider' },
      }}
    >
      <Box sx={{ color: colours[state], display: 'flex', flexShrink: 0 }}>
        <PlainIcon name={icons[state]} />
      </Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650 }} noWrap title={title} dir="auto">
            {title}
          </Typography>
          <Pill tone={tones[state]}>{offlineStates[state]}</Pill>
          {isFetching && <Pill tone="accent">{offlineText.fetching}</Pill>}
          {hasAge && syncedAt !== null && (
            <AgeLabel text={dataAge(syncedAt, nowMs).text} freshness={state === 'stale' ? 'stale' : 'ageing'} />
          )}
        </Box>
        <Typography color="textSecondary">{body}</Typography>
      </Box>
      <Remedy check={check} />
    </Box>
  );
}

function Remedy({ check: { what, state, accountId, accountName } }: { readonly check: OfflineCheck }) {
  const { toggle } = usePins();
  const noticed = useNotices((notices) => notices.noticed);
  if (what === 'pinned-account' && accountId !== null) {
    const unpin = async (): Promise<void> => {
      if (await toggle(accountId)) noticed(offlineText.nowUnpinned(accountName), 'success');
    };
    return (
      <>
        <Button component={Link} to={`/accounts/${accountId}/users`}>
          {offlineText.openUsers}
        </Button>
        <Button aria-label={offlineText.unpinAccount(accountName)} onClick={() => void unpin()}>
          {offlineText.unpin}
        </Button>
      </>
    );
  }
  if (what === 'pins') return <To address="/accounts" label={offlineText.choose} />;
  if (state === 'ready') return null;
  if (what === 'queue') return <To address="/outbox" label={offlineText.openOutbox} />;
  if (what === 'attention') return <To address="/outbox" label={offlineText.openOutbox} />;
  return null;
}

function To({ address, label }: { readonly address: string; readonly label: string }) {
  return (
    <Button variant="outlined" component={Link} to={address}>
      {label}
    </Button>
  );
}
