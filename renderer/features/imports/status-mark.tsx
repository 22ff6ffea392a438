import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import WarningIcon from '@mui/icons-material/WarningAmberOutlined';
import type { ReactNode } from 'react';
import type { Severity } from '../../../shared/model/import-row.ts';
import { previewText } from '../../text/imports-text.ts';

const icons: Readonly<Record<Severity | 'ready', ReactNode>> = {
  error: <ErrorIcon />,
  warning: <WarningIcon />,
  info: <InfoIcon />,
  ready: <CheckCircle />,
};

export function StatusMark({ status }: { readonly status: Severity | null }) {
  const shown = status ?? 'ready';
  return (
    <span className="mark" data-severity={shown}>
      {icons[shown]}
      {previewText.states[shown]}
    </span>
  );
}
