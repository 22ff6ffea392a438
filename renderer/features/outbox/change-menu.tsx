import MoreVert from '@mui/icons-material/MoreVert';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { Link } from 'react-router';
import { IconAction } from '../../components/icon-action.tsx';
import { recordAddress } from '../../components/record-address.ts';
import { outboxText } from '../../text/outbox-text.ts';
import type { Change } from './outbox-entry.ts';
import type { MoveChange } from './use-move-change.ts';

type Props = { readonly change: Change; readonly onDetails: () => void; readonly onMove: MoveChange };

const MOVES = ['first', 'up', 'down', 'last'] as const;

/** What is done with a change less often: details, the record's own form, its place in the queue. */
export function ChangeMenu({ change, onDetails, onMove }: Props) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = (): void => setAnchor(null);
  return (
    <>
      <IconAction
        label={outboxText.more(change.entityName)}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreVert fontSize="small" />
      </IconAction>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={close}>
        <MenuItem
          onClick={() => {
            close();
            onDetails();
          }}
        >
          {outboxText.details}
        </MenuItem>
        {change.kind !== 'delete' && (
          <MenuItem component={Link} to={recordAddress(change)}>
            {outboxText.edit}
          </MenuItem>
        )}
        <Divider />
        {MOVES.map((to) => (
          <MenuItem
            key={to}
            disabled={!change.canMove}
            onClick={() => {
              close();
              onMove(change.id, to);
            }}
          >
            <Box component="span" sx={{ flex: 1, pr: 3 }}>
              {outboxText.moves[to]}
            </Box>
            {(to === 'up' || to === 'down') && (
              <Box component="kbd" sx={{ font: 'inherit', fontSize: '0.6875rem', color: 'text.secondary' }}>
                {outboxText.moveKeys[to]}
              </Box>
            )}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
