import ManageAccounts from '@mui/icons-material/ManageAccountsOutlined';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { UserGroup } from '../../../shared/model/user-group.ts';
import { manageText } from '../../text/manage-text.ts';
import { LicenseGroup } from './license-group.tsx';
import type { UserSelection } from './use-user-selection.ts';
import { WelcomeGroup } from './welcome-group.tsx';

type Props = {
  readonly accountId: AccountId;
  readonly selection: UserSelection;
  readonly isDisabled: boolean;
};

/** USR-7, USR-8: what is done to the selected users; without a selection to all users of the account, as in the portal. */
export function ManageUsers({ accountId, selection, isDisabled }: Props) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asked, setAsked] = useState<'licenses' | 'welcome' | null>(null);
  const { ids, clear } = selection;
  const selected = ids.size;
  const group: UserGroup =
    selected === 0 ? { kind: 'account', accountId } : { kind: 'users', accountId, ids: [...ids].toSorted() };
  const ask = (what: 'licenses' | 'welcome'): void => {
    setAnchor(null);
    setAsked(what);
  };
  const shown = { accountId, group, onClose: () => setAsked(null), onSent: clear };
  return (
    <>
      <Button
        startIcon={<ManageAccounts />}
        disabled={isDisabled}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {manageText.open(selected)}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': manageText.menu } }}
      >
        <MenuItem onClick={() => ask('licenses')}>
          {selected === 0 ? manageText.licensesOfAll : manageText.licenses}
        </MenuItem>
        <MenuItem onClick={() => ask('welcome')}>
          {selected === 0 ? manageText.welcomeAll : manageText.welcome}
        </MenuItem>
        {selected > 0 && <Divider component="li" />}
        {selected > 0 && (
          <MenuItem
            onClick={() => {
              setAnchor(null);
              clear();
            }}
          >
            {manageText.clear}
          </MenuItem>
        )}
      </Menu>
      {asked === 'licenses' && <LicenseGroup {...shown} />}
      {asked === 'welcome' && <WelcomeGroup {...shown} />}
    </>
  );
}
