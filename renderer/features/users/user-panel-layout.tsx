import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { IconAction } from '../../components/icon-action.tsx';
import { userText } from '../../text/users-text.ts';

type Props = {
  readonly title: string;
  readonly marks?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

export function UserPanelLayout({ title, marks, onClose, children }: Props) {
  return (
    <Box
      component="section"
      aria-label={title}
      sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          px: 2,
          minHeight: 52,
          borderBottom: '1px solid',
          borderColor: 'divider',
        }}
      >
        <Typography variant="h2" noWrap title={title} dir="auto" sx={{ flex: 1, minWidth: 0 }}>
          {title}
        </Typography>
        {marks}
        <IconAction label={userText.close} shortcut="Esc" edge="end" onClick={onClose}>
          <Close fontSize="small" />
        </IconAction>
      </Box>
      {children}
    </Box>
  );
}
