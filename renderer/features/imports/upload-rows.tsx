import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { importFieldLabels } from '../../../shared/model/import-issue-text.ts';
import { importField } from '../../../shared/model/import-row.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import type { InputFor, OutputFor } from '../../client/operation-types.ts';
import { useEnginePages } from '../../client/use-engine-pages.ts';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { Pill, type Tone } from '../../components/pill.tsx';
import { TableText } from '../../components/table-text.tsx';
import { VirtualTable, type TableColumn } from '../../components/virtual-table.tsx';
import { useNotices } from '../../state/notices.ts';
import { usePreferences } from '../../state/preferences.ts';
import { count } from '../../text/numbers.ts';
import { fieldLabel, outboxText, reasonSentence, valueText } from '../../text/outbox-text.ts';
import { uploadsText } from '../../text/uploads-text.ts';
import { rowHeights } from '../../theme/tokens.ts';
import type { Upload } from './upload.ts';

type Filter = NonNullable<InputFor<'uploads.rows'>['filter']>;
type Row = OutputFor<'uploads.rows'>['rows'][number];
const FILTERS: readonly Filter[] = ['all', 'refused', 'waiting', 'sent', 'visible'];
const tones: Readonly<Record<Row['state'], Tone>> = {
  queued: 'note',
  inflight: 'accent',
  unknown: 'warning',
  sent: 'success',
  visible: 'success',
  refused: 'error',
  withdrawn: 'note',
};

/** Every row with its outcome. Enter opens the user, C copies the correlation id. */
export function UploadRows({ upload }: { readonly upload: Upload }) {
  const [filter, setFilter] = useState<Filter>('all');
  const density = usePreferences((preferences) => preferences.density);
  const navigate = useNavigate();
  const { bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  const copyId = (key: string, { correlationId }: Row): boolean => {
    if (key !== 'c' || correlationId === '') return false;
    void bridge.copyText(correlationId).then(() => noticed(outboxText.copied, 'success'));
    return true;
  };
  const list = useEnginePages({ name: 'uploads.rows', input: { id: upload.id, filter }, rowsOf });
  return (
    <Box sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', pt: 1.5 }}>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={filter}
        aria-label={uploadsText.filter}
        onChange={(_, next: Filter | null) => next && setFilter(next)}
        sx={{ pb: 1 }}
      >
        {FILTERS.map((option) => (
          <ToggleButton key={option} value={option}>
            {uploadsText.filters[option]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {list.total === 0 && !list.isStale ? (
        <NoticePanel title={uploadsText.noRows} body={uploadsText.noRowsBody} />
      ) : (
        <VirtualTable
          key={filter}
          label={uploadsText.rows(upload.fileName)}
          columns={columns}
          rowCount={list.total ?? 8}
          rowAt={list.rowAt}
          rowHeight={rowHeights[density]}
          onRange={list.onRange}
          onOpen={({ userId }) => void navigate(`/accounts/${upload.accountId}/users/${userId}`)}
          onKey={copyId}
          isStale={list.isStale}
        />
      )}
      <Typography variant="caption" color="textSecondary" sx={{ pt: 0.5 }}>
        {uploadsText.keys}
      </Typography>
    </Box>
  );
}

const columns: readonly TableColumn<Row>[] = [
  {
    key: 'row',
    label: uploadsText.columns.row,
    width: '70px',
    align: 'end',
    render: (row) => count(row.sourceRow ?? row.row),
  },
  { key: 'kind', label: uploadsText.columns.kind, width: '90px', render: (row) => uploadsText.kinds[row.kind] },
  {
    key: 'name',
    label: uploadsText.columns.name,
    width: 'minmax(120px, 1fr)',
    render: (row) => <TableText text={row.name} />,
  },
  {
    key: 'email',
    label: uploadsText.columns.email,
    width: 'minmax(140px, 1.2fr)',
    render: (row) => <TableText text={row.email} />,
  },
  {
    key: 'state',
    label: uploadsText.columns.state,
    width: '140px',
    render: (row) => <Pill tone={tones[row.state]}>{uploadsText.states[row.state]}</Pill>,
  },
  {
    key: 'detail',
    label: uploadsText.columns.detail,
    width: 'minmax(180px, 2fr)',
    render: (row) => <TableText text={detailOf(row)} quiet />,
  },
];

function detailOf({ changes, reason, serverMessage, correlationId }: Row): string {
  const changed = changes
    .map(({ field, from, to }) => `${labelOf(field)}: ${valueText(field, from)} → ${valueText(field, to)}`)
    .join(', ');
  return [serverMessage || reasonSentence(reason), changed, correlationId].filter(Boolean).join(' · ');
}

function labelOf(field: string): string {
  const known = importField.safeParse(field);
  return known.success ? importFieldLabels[known.data] : fieldLabel('user', field);
}

function rowsOf(answer: OutputFor<'uploads.rows'>): readonly Row[] {
  return answer.rows;
}
