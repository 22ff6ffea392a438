import ContentCopy from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import { IconAction } from './icon-action.tsx';

type Props = {
  readonly id: string;
  readonly label: string;
  readonly copyLabel: string;
  readonly onCopy: (id: string) => void;
};

/** The name of a request in the cloud's own log, to be copied for a support case. */
export function CorrelationId({ id, label, copyLabel, onCopy }: Props) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, minWidth: 0 }}>
      {label && <span>{label}</span>}
      <Box component="code" sx={{ userSelect: 'text', overflowWrap: 'anywhere' }}>
        {id}
      </Box>
      <IconAction label={copyLabel} onClick={() => onCopy(id)} sx={{ p: 0.25 }}>
        <ContentCopy sx={{ fontSize: 14 }} />
      </IconAction>
    </Box>
  );
}
