import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { roleLabel } from '../../../shared/model/role.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import type { InputFor, OutputFor } from '../../client/operation-types.ts';
import { useEnginePages } from '../../client/use-engine-pages.ts';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { Pill, type Tone } from '../../components/pill.tsx';
import { TableText } from '../../components/table-text.tsx';
import { VirtualTable, type TableColumn } from '../../components/virtual-table.tsx';
import { useNotices } from '../../state/notices.ts';
import { count } from '../../text/numbers.ts';
import { outboxText, reasonSentence } from '../../text/outbox-text.ts';
import { uploadsText } from '../../text/uploads-text.ts';
import { rowHeights } from '../../theme/tokens.ts';
import type { Batch } from './outbox-entry.ts';

type Filter = NonNullable<InputFor<'uploads.rows'>['filter']>;
type BatchRow = OutputFor<'uploads.rows'>['rows'][number];
const FILTERS = ['all', 'waiting', 'sent', 'refused'] as const satisfies readonly Filter[];
const tones: Readonly<Record<BatchRow['state'], Tone>> = {
  queued: 'note',
  inflight: 'accent',
  unknown: 'warning',
  sent: 'success',
  visible: 'success',
  refused: 'error',
  withdrawn: 'note',
};

/** The outcome of every row of an import. Enter copies the correlation id of the row. */
export function BatchRows({ batch }: { readonly batch: Batch }) {
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>(batch.refusedCount > 0 ? 'refused' : 'all');
  const { bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  const list = useEnginePages({ name: 'uploads.rows', input: { id: batch.importId, filter }, rowsOf });
  const copy = (row: BatchRow): void => {
    if (row.correlationId === '') return;
    void bridge.copyText(row.correlationId).then(() => noticed(outboxText.copied, 'success'));
  };
  return (
    <>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={filter}
        aria-label={outboxText.filter}
        onChange={(_, next: (typeof FILTERS)[number] | null) => next && setFilter(next)}
        sx={{ pb: 1 }}
      >
        {FILTERS.map((option) => (
          <ToggleButton key={option} value={option}>
            {outboxText.filters[option]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {list.total === 0 && !list.isStale ? (
        <NoticePanel title={outboxText.noRows} body={outboxText.noRowsBody} />
      ) : (
        <VirtualTable
          key={filter}
          label={outboxText.rows(batch.fileName)}
          columns={columns}
          rowCount={list.total ?? 6}
          rowAt={list.rowAt}
          rowHeight={rowHeights.compact}
          onRange={list.onRange}
          onOpen={copy}
          isStale={list.isStale}
        />
      )}
    </>
  );
}

const columns: readonly TableColumn<BatchRow>[] = [
  { key: 'row', label: outboxText.row, width: '70px', align: 'end', render: (row) => count(row.row) },
  { key: 'name', label: outboxText.name, width: 'minmax(120px, 1fr)', render: (row) => <TableText text={row.name} /> },
  {
    key: 'email',
    label: outboxText.email,
    width: 'minmax(140px, 1.2fr)',
    render: (row) => <TableText text={row.email} />,
  },
  { key: 'role', label: outboxText.role, width: '128px', render: (row) => <TableText text={roleLabel(row.role)} /> },
  {
    key: 'state',
    label: outboxText.state,
    width: '130px',
    render: (row) => <Pill tone={tones[row.state]}>{uploadsText.states[row.state]}</Pill>,
  },
  {
    key: 'answer',
    label: outboxText.answer,
    width: 'minmax(160px, 1.6fr)',
    render: (row) => <TableText text={answerOf(row)} quiet />,
  },
];

function answerOf(row: BatchRow): string {
  return [row.serverMessage || reasonSentence(row.reason), row.correlationId].filter(Boolean).join(' · ');
}

function rowsOf(answer: OutputFor<'uploads.rows'>): readonly BatchRow[] {
  return answer.rows;
}
