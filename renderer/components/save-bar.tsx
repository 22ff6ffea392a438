import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';

type Props = {
  readonly note: ReactNode;
  readonly saveLabel: string;
  readonly discardLabel: string;
  readonly isSaving: boolean;
  readonly canSave: boolean;
  readonly onDiscard: () => void;
};

/** Foot of a form with unsaved input. Save is the form's submit button. */
export function SaveBar({ note, saveLabel, discardLabel, isSaving, canSave, onDiscard }: Props) {
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        px: 2,
        py: 1,
        bgcolor: 'background.paper',
        borderTop: '1px solid',
        borderColor: 'divider',
      }}
    >
      <Box component="output" sx={{ flex: 1, minWidth: 0, color: 'text.secondary', fontSize: '0.75rem' }}>
        {note}
      </Box>
      <Button onClick={onDiscard} disabled={isSaving}>
        {discardLabel}
      </Button>
      <Button type="submit" variant="contained" disabled={!canSave} loading={isSaving}>
        {saveLabel}
      </Button>
    </Box>
  );
}
