import Box from '@mui/material/Box';
import { useState, type DragEvent, type ReactNode } from 'react';

type Props = {
  readonly label: string;
  readonly onDrop: (file: File) => void;
  readonly isDisabled: boolean;
  readonly children: ReactNode;
};

/** Takes one file dropped on it. The button inside is the way for the keyboard. */
export function FileDropZone({ label, onDrop, isDisabled, children }: Props) {
  const [isOver, setOver] = useState(false);
  const onDragOver = (event: DragEvent): void => {
    if (isDisabled || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  return (
    <Box
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file && !isDisabled) onDrop(file);
      }}
      sx={{
        minHeight: 92,
        p: 2,
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        gap: 1.5,
        border: '1.5px dashed',
        borderColor: isOver ? 'primary.main' : 'divider',
        borderRadius: 1.5,
        bgcolor: isOver ? 'action.hover' : 'background.default',
      }}
    >
      {isOver ? label : children}
    </Box>
  );
}
