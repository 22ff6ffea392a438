import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { previewText } from '../../text/imports-text.ts';
import { planText } from '../../text/plan-text.ts';
import type { ImportHeader } from './import-header.ts';
import { planParts } from './plan-counts.tsx';

type Props = {
  readonly header: ImportHeader;
  readonly isUploading: boolean;
  readonly onPlan: () => void;
  readonly onUpload: () => void;
  readonly onCancel: () => void;
};

/** IMP-5: says what Upload does before it does it. */
export function UploadBar({ header, isUploading, onPlan, onUpload, onCancel }: Props) {
  const goes = header.rowCount - header.errorCount;
  const note =
    goes === 0
      ? header.rowCount > 0
        ? previewText.nothingGoes
        : ''
      : header.errorCount > 0
        ? previewText.stays(header.errorCount)
        : previewText.allGo;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, pt: 1, borderTop: '1px solid', borderColor: 'divider' }}>
      <Typography component="output" color="textSecondary" sx={{ flex: 1 }}>
        {isMixed(header) ? planText.short(shownParts(header)) : note}
      </Typography>
      <Button onClick={onCancel} disabled={isUploading}>
        {previewText.cancel}
      </Button>
      <Button variant="outlined" onClick={onPlan} disabled={isUploading || header.rowCount === 0}>
        {planText.open}
      </Button>
      <Button variant="contained" size="medium" disabled={goes === 0} loading={isUploading} onClick={onUpload}>
        {goes === 0 ? previewText.uploadNone : isMixed(header) ? planText.upload(goes) : previewText.upload(goes)}
      </Button>
    </Box>
  );
}

/** Not only new users: then the line says what becomes of every row. */
function isMixed({ changeCount, unchangedCount, skipCount, conflictCount }: ImportHeader): boolean {
  return changeCount + unchangedCount + skipCount + conflictCount > 0;
}

function shownParts(header: ImportHeader) {
  const parts = planParts(header).filter(({ total }) => total > 0);
  return parts.map(({ filter, total }) => [planText.part(filter, total), total] as const);
}
