import Business from '@mui/icons-material/BusinessOutlined';
import CompareArrows from '@mui/icons-material/CompareArrows';
import ChevronLeft from '@mui/icons-material/ChevronLeft';
import ChevronRight from '@mui/icons-material/ChevronRight';
import History from '@mui/icons-material/HistoryOutlined';
import Info from '@mui/icons-material/ApartmentOutlined';
import Outbox from '@mui/icons-material/OutboxOutlined';
import People from '@mui/icons-material/PeopleOutlined';
import UploadFile from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { AccountId } from '../../shared/model/ids.ts';
import { useEngineQuery } from '../client/engine-query.ts';
import { useAccountList } from '../client/use-account-list.ts';
import { usePermission } from '../client/use-session.ts';
import { IconAction } from '../components/icon-action.tsx';
import { usePreferences } from '../state/preferences.ts';
import { conflictsText } from '../text/conflicts-text.ts';
import { frameText } from '../text/frame-text.ts';
import { historyText } from '../text/history-text.ts';
import { sizes } from '../theme/tokens.ts';
import { NavigationEntry } from './navigation-entry.tsx';

/** SHL-1: the portal's words; only what exists and is permitted. */
export function NavigationBar({ accountId }: { readonly accountId: AccountId | null }) {
  const isCollapsed = usePreferences((preferences) => preferences.isNavCollapsed);
  const navToggled = usePreferences((preferences) => preferences.navToggled);
  const mayViewAccounts = usePermission('accounts.view');
  const hasList = useAccountList().kind === 'list';
  const mayViewUsers = usePermission('users.view');
  const mayAddUsers = usePermission('users.add');
  const conflicts = useEngineQuery('conflicts.list', { accountId: null, limit: 1 }).data?.total ?? 0;
  const base = `/accounts/${accountId}`;
  const compact = { isCollapsed };
  return (
    <Box
      component="nav"
      aria-label={frameText.navigation}
      sx={{
        width: isCollapsed ? sizes.navCollapsed : sizes.nav,
        flexShrink: 0,
        display: 'flex',
        flexDirection: 'column',
        gap: 0.25,
        p: 0.75,
        bgcolor: 'background.paper',
        borderRight: '1px solid',
        borderColor: 'divider',
        overflow: 'hidden',
      }}
    >
      {/* An Account Admin has one account and no list of them. */}
      {mayViewAccounts && hasList && (
        <NavigationEntry {...compact} to="/accounts" isExact icon={<Business />} label={frameText.accounts} />
      )}
      {accountId !== null && (
        <>
          <AccountHeading accountId={accountId} isCollapsed={isCollapsed} />
          {mayViewAccounts && (
            <NavigationEntry {...compact} to={`${base}/information`} icon={<Info />} label={frameText.account} />
          )}
          {mayViewUsers && !isCollapsed && <GroupLabel text={frameText.userManagement} />}
          {mayViewUsers && (
            <NavigationEntry {...compact} to={`${base}/users`} icon={<People />} label={frameText.users} />
          )}
          {mayAddUsers && (
            <NavigationEntry
              {...compact}
              to={`${base}/import`}
              alsoAt={`${base}/uploads`}
              icon={<UploadFile />}
              label={frameText.importUsers}
            />
          )}
          <Box sx={{ borderTop: '1px solid', borderColor: 'divider', my: 0.75 }} />
        </>
      )}
      <NavigationEntry {...compact} to="/outbox" icon={<Outbox />} label={frameText.outbox} />
      <NavigationEntry
        {...compact}
        to="/conflicts"
        icon={<CompareArrows />}
        label={conflictsText.title}
        count={{ shown: conflicts, label: conflictsText.total(conflicts) }}
      />
      <NavigationEntry {...compact} to="/history" icon={<History />} label={historyText.title} />
      <Box sx={{ flex: 1 }} />
      <Box sx={{ alignSelf: isCollapsed ? 'center' : 'flex-end' }}>
        <IconAction label={isCollapsed ? frameText.expand : frameText.collapse} onClick={navToggled}>
          {isCollapsed ? <ChevronRight fontSize="small" /> : <ChevronLeft fontSize="small" />}
        </IconAction>
      </Box>
    </Box>
  );
}

function AccountHeading({ accountId, isCollapsed }: { readonly accountId: AccountId; readonly isCollapsed: boolean }) {
  const account = useEngineQuery('accounts.get', { id: accountId }).data;
  if (isCollapsed) return <Box sx={{ borderTop: '1px solid', borderColor: 'divider', my: 0.75 }} />;
  return (
    <Typography
      title={account?.name}
      dir="auto"
      sx={{
        px: 1.25,
        pt: 1.5,
        pb: 0.5,
        fontWeight: 650,
        minHeight: 36,
        overflow: 'hidden',
        display: '-webkit-box',
        WebkitLineClamp: 2,
        WebkitBoxOrient: 'vertical',
      }}
    >
      {account?.name}
    </Typography>
  );
}

function GroupLabel({ text }: { readonly text: string }) {
  return (
    <Typography
      color="textSecondary"
      sx={{ px: 1.25, pt: 1, pb: 0.25, fontSize: '0.6875rem', fontWeight: 650, letterSpacing: '0.04em' }}
    >
      {text}
    </Typography>
  );
}
