import CloudUpload from '@mui/icons-material/CloudUploadOutlined';
import PriorityHigh from '@mui/icons-material/PriorityHigh';
import Tooltip from '@mui/material/Tooltip';
import type { Pending } from '../../shared/model/pending.ts';
import { Pill } from './pill.tsx';

type Props = { readonly pending: NonNullable<Pending>; readonly label: string; readonly sentence: string };

/** Marks a record that differs from the cloud's. */
export function PendingPill({ pending, label, sentence }: Props) {
  const needsPerson = pending === 'attention';
  return (
    <Tooltip title={sentence}>
      <span>
        <Pill tone={needsPerson ? 'error' : 'note'} icon={needsPerson ? <PriorityHigh /> : <CloudUpload />}>
          {label}
        </Pill>
      </span>
    </Tooltip>
  );
}
