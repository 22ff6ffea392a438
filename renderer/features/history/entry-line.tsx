import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import type { HistoryEntry, HistoryOutcome } from '../../../shared/contract/history.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { CorrelationId } from '../../components/correlation-id.tsx';
import { OldNewList } from '../../components/old-new.tsx';
import { Pill, type Tone } from '../../components/pill.tsx';
import { recordAddress } from '../../components/record-address.ts';
import { useNotices } from '../../state/notices.ts';
import { historyText, isAgain, outcomeLabels } from '../../text/history-text.ts';
import { reasonSentence } from '../../text/outbox-text.ts';
import { ageText, dateTimeSecondsText, momentText } from '../../text/times.ts';
import { fieldPairs } from './field-pairs.ts';

const tones: Partial<Readonly<Record<HistoryOutcome, Tone>>> = {
  queued: 'note',
  'changed-in-queue': 'note',
  sent: 'success',
  'found-there': 'success',
  'already-so': 'success',
  conflict: 'error',
  refused: 'error',
  'decided-mine': 'accent',
  'decided-theirs': 'accent',
  rescued: 'warning',
};

type Props = {
  readonly entry: HistoryEntry;
  readonly nowMs: number;
  readonly onRestore: (entry: HistoryEntry) => void;
  /** In the panel of one record its name is above. */
  readonly isOfRecord: boolean;
};

/** One entry: what was done, by whom, when, and what became of it. */
export function EntryLine({ entry, nowMs, onRestore, isOfRecord }: Props) {
  const kind = entry.kind === 'create' || entry.kind === 'delete' ? entry.kind : 'patch';
  const reason = reasonSentence(entry.reason);
  const message = entry.serverMessage && !reason.includes(entry.serverMessage) ? entry.serverMessage : '';
  const why = [reason, message && historyText.serverSays(message)].filter(Boolean).join(' ');
  return (
    <Box sx={{ px: 2, py: 1, borderBottom: '1px solid', borderColor: 'divider', display: 'grid', gap: 0.25 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0, minHeight: 32, flexWrap: 'wrap' }}>
        <Pill tone={tones[entry.outcome] ?? 'neutral'}>{outcomeLabels[entry.outcome]}</Pill>
        <Title entry={entry} isOfRecord={isOfRecord} />
        <Typography
          variant="caption"
          color="textSecondary"
          title={dateTimeSecondsText(entry.at)}
          sx={{ whiteSpace: 'nowrap' }}
        >
          {momentText(entry.at, nowMs)}, {ageText(Math.max(0, nowMs - Date.parse(entry.at)))}
        </Typography>
        {entry.canRestore && (
          <Button onClick={() => onRestore(entry)} sx={{ minHeight: 28, py: 0 }}>
            {isAgain(entry) ? historyText.again : historyText.undo}
          </Button>
        )}
      </Box>
      <OldNewList emptyText={historyText.noValue} fields={fieldPairs(entry.type, kind, entry.fields)} />
      {why && <Typography variant="caption">{why}</Typography>}
      <Who entry={entry} />
    </Box>
  );
}

function Title({ entry, isOfRecord }: Pick<Props, 'entry' | 'isOfRecord'>) {
  const { type, entityId, accountId, entityName, accountName } = entry;
  const what =
    entry.kind === 'import'
      ? historyText.kinds.import
      : [historyText.kinds[entry.kind], type && historyText.types[type]].filter(Boolean).join(' ');
  return (
    <Typography
      noWrap
      sx={{ flex: isOfRecord ? '1 1 70px' : '1 1 200px', minWidth: 0 }}
      title={`${entityName} · ${accountName}`}
    >
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {what}
      </Box>{' '}
      {!isOfRecord && type && entityId && entityName && (
        <Link
          to={recordAddress({ type, entityId, accountId })}
          style={{ color: 'inherit', fontWeight: 650 }}
          dir="auto"
        >
          {entityName}
        </Link>
      )}
      {entry.count > 0 && <strong>{historyText.rows(entry.count)}</strong>}
      {!isOfRecord && type !== 'account' && accountName && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {' '}
          · {accountName}
        </Box>
      )}
    </Typography>
  );
}

function Who({ entry }: Pick<Props, 'entry'>) {
  const { bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        flexWrap: 'wrap',
        columnGap: 1,
        fontSize: '0.75rem',
        color: 'text.secondary',
      }}
    >
      <span dir="auto">{historyText.by(entry.actorName || historyText.unknownPerson)}</span>
      {entry.correlationId && (
        <CorrelationId
          id={entry.correlationId}
          label={`· ${historyText.correlation}`}
          copyLabel={historyText.copyCorrelation}
          onCopy={(id) => void bridge.copyText(id).then(() => noticed(historyText.copied, 'success'))}
        />
      )}
    </Box>
  );
}
