import Business from '@mui/icons-material/BusinessOutlined';
import UnfoldMore from '@mui/icons-material/UnfoldMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { useEffect, useRef, useState } from 'react';
import { useMatch, useNavigate } from 'react-router';
import type { AccountId } from '../../shared/model/ids.ts';
import { useEngine } from '../client/engine-provider.tsx';
import { useEngineQuery } from '../client/engine-query.ts';
import { frameText } from '../text/frame-text.ts';
import { AccountSwitcherList } from './account-switcher-list.tsx';

const SECTIONS: ReadonlySet<string> = new Set(['users', 'information', 'import', 'history']);

/** SHL-3: every account, searched as you type. Ctrl+K or Cmd+K from anywhere. */
export function AccountSwitcher({ accountId }: { readonly accountId: AccountId | null }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const navigate = useNavigate();
  const { bridge } = useEngine();
  const section = useMatch('/accounts/:accountId/:section/*')?.params.section ?? 'users';
  const account = useEngineQuery(
    'accounts.get',
    { id: accountId as AccountId },
    { enabled: accountId !== null, keepPrevious: true },
  ).data;
  const isMac = bridge.platform === 'darwin';

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(isMac ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isMac]);

  const choose = (id: AccountId): void => {
    setOpen(false);
    // The same section of the other account: comparing two customers is one keystroke.
    void navigate(`/accounts/${id}/${SECTIONS.has(section) ? section : 'users'}`);
  };
  const name = accountId === null ? frameText.chooseAccount : (account?.name ?? '…');
  return (
    <>
      <Button
        ref={button}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={name}
        color="inherit"
        startIcon={<Business />}
        endIcon={<UnfoldMore />}
        sx={{
          border: '1px solid',
          borderColor: 'divider',
          maxWidth: 420,
          minWidth: 200,
          justifyContent: 'flex-start',
          bgcolor: 'background.default',
        }}
      >
        <Box
          component="span"
          dir="auto"
          sx={{ flex: 1, textAlign: 'left', overflow: 'hidden', textOverflow: 'ellipsis' }}
        >
          {name}
        </Box>
        <Box component="kbd" sx={{ ml: 1, color: 'text.secondary', fontSize: '0.6875rem', fontFamily: 'inherit' }}>
          {isMac ? '⌘K' : 'Ctrl K'}
        </Box>
      </Button>
      <Popover
        open={isOpen}
        anchorEl={() => button.current}
        onClose={() => setOpen(false)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': frameText.chooseAccount,
            sx: { width: 460, mt: 0.5, border: '1px solid', borderColor: 'divider' },
          },
        }}
      >
        <AccountSwitcherList currentId={accountId} onChoose={choose} />
      </Popover>
    </>
  );
}
