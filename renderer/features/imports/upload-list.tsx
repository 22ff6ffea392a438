import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { FormPanel } from '../../components/form-panel.tsx';
import { Pill } from '../../components/pill.tsx';
import { importText } from '../../text/imports-text.ts';
import { dateTimeText } from '../../text/times.ts';
import { uploadsText } from '../../text/uploads-text.ts';

/** What was uploaded into the account, the newest first. Nothing is shown before the first one. */
export function UploadList({ accountId }: { readonly accountId: AccountId }) {
  const { data } = useEngineQuery('uploads.list', { accountId });
  if (!data || data.uploads.length === 0) return null;
  return (
    <FormPanel title={importText.uploads} columns={1}>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {data.uploads.map((upload) => (
          <Box
            key={upload.id}
            component="li"
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 1.5,
              py: 0.75,
              borderTop: '1px solid',
              borderColor: 'divider',
              '&:first-of-type': { border: 0 },
            }}
          >
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography noWrap sx={{ fontWeight: 600 }} title={upload.fileName} dir="auto">
                {upload.fileName}
              </Typography>
              <Typography variant="caption" color="textSecondary">
                {dateTimeText(upload.createdAt)} · {uploadsText.summary(upload)}
              </Typography>
            </Box>
            {upload.isPaused && upload.waitingCount > 0 && <Pill tone="warning">{uploadsText.paused}</Pill>}
            {upload.undoOf !== null && <Pill tone="warning">{uploadsText.isUndo}</Pill>}
            <Button
              component={Link}
              to={`/accounts/${accountId}/uploads/${upload.id}`}
              variant="outlined"
              aria-label={`${uploadsText.open}: ${upload.fileName}`}
            >
              {uploadsText.open}
            </Button>
          </Box>
        ))}
      </Box>
    </FormPanel>
  );
}
