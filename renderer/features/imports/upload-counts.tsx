import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { count } from '../../text/numbers.ts';
import { uploadsText } from '../../text/uploads-text.ts';
import type { Upload } from './upload.ts';

const PARTS = ['waiting', 'sent', 'visible', 'refused', 'unchanged', 'skipped'] as const;

export function UploadCounts({ upload }: { readonly upload: Upload }) {
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(128px, 1fr))', gap: 1, m: 0 }}
    >
      {PARTS.map((part) => (
        <Box
          key={part}
          sx={{
            display: 'flex',
            flexDirection: 'column-reverse',
            border: '1px solid',
            borderColor: 'divider',
            borderRadius: 1.5,
            bgcolor: 'background.paper',
            px: 1.25,
            py: 0.75,
          }}
        >
          <Typography component="dt" variant="body2" color="textSecondary">
            {uploadsText.parts[part]}
          </Typography>
          <Typography
            component="dd"
            variant="h6"
            color={part === 'refused' && countOf(upload, part) > 0 ? 'error' : 'textPrimary'}
            sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}
          >
            {count(countOf(upload, part))}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

/** What needs a person is what the cloud refused and what never left the preview. */
function countOf(upload: Upload, part: (typeof PARTS)[number]): number {
  return part === 'refused' ? upload.refusedCount + upload.leftCount : upload[`${part}Count`];
}
