import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { previewText } from '../../text/imports-text.ts';
import type { ImportHeader } from './import-header.ts';

type Props = {
  readonly header: ImportHeader;
  readonly isUploading: boolean;
  readonly onUpload: () => void;
  readonly onCancel: () => void;
};

/** IMP-5: says what Upload does before it does it. */
export function UploadBar({ header, isUploading, onUpload, onCancel }: Props) {
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
        {note}
      </Typography>
      <Button onClick={onCancel} disabled={isUploading}>
        {previewText.cancel}
      </Button>
      <Button variant="contained" size="medium" disabled={goes === 0} loading={isUploading} onClick={onUpload}>
        {goes === 0 ? previewText.uploadNone : previewText.upload(goes)}
      </Button>
    </Box>
  );
}
