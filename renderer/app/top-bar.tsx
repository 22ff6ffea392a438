import HourglassTop from '@mui/icons-material/HourglassTop';
import Outbox from '@mui/icons-material/OutboxOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useNavigate } from 'react-router';
import type { AccountId } from '../../shared/model/ids.ts';
import { useEngineQuery } from '../client/engine-query.ts';
import { useAccountList } from '../client/use-account-list.ts';
import { useSession } from '../client/use-session.ts';
import { useSyncStatus } from '../client/use-sync-status.ts';
import { CountAction } from '../components/count-action.tsx';
import { Pill } from '../components/pill.tsx';
import { ProductMark } from '../components/product-mark.tsx';
import { frameText } from '../text/frame-text.ts';
import { sizes } from '../theme/tokens.ts';
import { AccountSwitcher } from './account-switcher.tsx';
import { ConnectionChip } from './connection-chip.tsx';
import { UserMenu } from './user-menu.tsx';

type Props = { readonly accountId: AccountId | null; readonly onActivity: () => void; readonly onSignIn: () => void };

export function TopBar({ accountId, onActivity, onSignIn }: Props) {
  const session = useSession();
  const status = useSyncStatus(accountId);
  const jobs = useEngineQuery('jobs.list', {}).data;
  const navigate = useNavigate();
  const maySwitch = useAccountList().kind === 'list';
  const waiting = status?.waitingCount ?? 0;
  const attention = status?.attentionCount ?? 0;
  const active = jobs?.activeCount ?? 0;
  return (
    <Box
      component="header"
      sx={{
        height: sizes.bar,
        flexShrink: 0,
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        px: 1.5,
        bgcolor: 'background.paper',
        borderBottom: '1px solid',
        borderColor: 'divider',
      }}
    >
      <ProductMark size={24} label={frameText.product} />
      <Typography
        sx={{ fontWeight: 700, fontSize: '0.9375rem', letterSpacing: '-0.01em', display: { xs: 'none', md: 'block' } }}
        aria-hidden
      >
        {frameText.product}
      </Typography>
      {session && (
        <Box title={session.cloud.isSandbox ? frameText.sandboxNote : session.cloud.url} sx={{ display: 'flex' }}>
          <Pill tone={session.cloud.isSandbox ? 'warning' : 'accent'}>
            {session.cloud.isSandbox ? frameText.sandbox : session.cloud.label}
          </Pill>
        </Box>
      )}
      <Box sx={{ flex: 1, minWidth: 0, display: 'flex', pl: 1 }}>
        {maySwitch && <AccountSwitcher accountId={accountId} />}
      </Box>
      {status && <ConnectionChip status={status} accountId={accountId} onSignIn={onSignIn} />}
      <CountAction
        label={frameText.openOutbox(waiting, attention)}
        icon={<Outbox fontSize="small" />}
        count={waiting}
        attention={attention}
        onClick={() => void navigate('/outbox')}
      />
      <CountAction
        label={frameText.activity(active)}
        icon={<HourglassTop fontSize="small" />}
        count={active}
        attention={0}
        onClick={onActivity}
      />
      {session && <UserMenu session={session} />}
    </Box>
  );
}
