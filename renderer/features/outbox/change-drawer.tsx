import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ChangeId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import type { OutputFor } from '../../client/operation-types.ts';
import { CorrelationId } from '../../components/correlation-id.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { IconAction } from '../../components/icon-action.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { Pill } from '../../components/pill.tsx';
import { recordAddress } from '../../components/record-address.ts';
import { useNotices } from '../../state/notices.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { changeStates, nextActionText, outboxText, reasonSentence } from '../../text/outbox-text.ts';
import { dateTimeSecondsText } from '../../text/times.ts';
import { changeTones } from './change-tones.ts';
import { FieldChanges } from './field-changes.tsx';

type Found = NonNullable<OutputFor<'outbox.get'>>;
type Props = { readonly id: ChangeId; readonly nowMs: number; readonly onClose: () => void };

/** One change with its attempts, as a support case asks for them. */
export function ChangeDrawer({ id, nowMs, onClose }: Props) {
  const { data, error, refetch } = useEngineQuery('outbox.get', { id }, { keepPrevious: true });
  const title = data?.change.entityName ?? outboxText.details;
  return (
    <Drawer anchor="right" open onClose={onClose} slotProps={{ paper: { 'aria-label': title, role: 'dialog' } }}>
      <Box sx={{ width: 480, maxWidth: '100vw', height: '100%', display: 'flex', flexDirection: 'column' }}>
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1,
            px: 2,
            minHeight: 52,
            borderBottom: '1px solid',
            borderColor: 'divider',
          }}
        >
          <Typography variant="h2" noWrap title={title} dir="auto" sx={{ flex: 1, minWidth: 0 }}>
            {title}
          </Typography>
          {data && <Pill tone={changeTones[data.change.state]}>{changeStates[data.change.state]}</Pill>}
          <IconAction label={outboxText.close} edge="end" onClick={onClose}>
            <Close fontSize="small" />
          </IconAction>
        </Box>
        {error && !data ? (
          <ErrorPanel {...faultPanelText(error)} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <Skeleton variant="rounded" height={200} sx={{ m: 2 }} />
        ) : data === null ? (
          <NoticePanel live="status" title={outboxText.goneTitle} body={outboxText.goneBody} />
        ) : (
          <Details found={data} nowMs={nowMs} />
        )}
      </Box>
    </Drawer>
  );
}

function Details({
  found: { change, attempts, dependants },
  nowMs,
}: {
  readonly found: Found;
  readonly nowMs: number;
}) {
  return (
    <Box sx={{ flex: 1, overflow: 'auto', p: 2, display: 'grid', gap: 2, alignContent: 'start' }}>
      <Box sx={{ display: 'grid', gap: 0.5 }}>
        <Typography color="textSecondary">
          {outboxText.kinds[change.kind]} {outboxText.types[change.type]} · {change.accountName}
        </Typography>
        <FieldChanges change={change} />
        <Typography>
          {[reasonSentence(change.reason), nextActionText(change, nowMs)].filter(Boolean).join(' ')}
        </Typography>
        {change.serverMessage && (
          <Typography sx={{ userSelect: 'text', overflowWrap: 'anywhere' }}>
            {outboxText.serverSays} “{change.serverMessage}”
          </Typography>
        )}
        <Box sx={{ display: 'flex', gap: 1, mt: 0.5 }}>
          {change.nextAction === 'decide' && (
            <Button variant="contained" component={Link} to={`/conflicts?change=${change.id}`}>
              {outboxText.decide}
            </Button>
          )}
          {change.kind !== 'delete' && (
            <Button variant="outlined" component={Link} to={recordAddress(change)}>
              {outboxText.edit}
            </Button>
          )}
        </Box>
      </Box>
      <Section title={outboxText.attemptsTitle}>
        {attempts.length === 0 ? (
          <Typography color="textSecondary">{outboxText.noAttempts}</Typography>
        ) : (
          <Attempts attempts={attempts} />
        )}
      </Section>
      {dependants.length > 0 && (
        <Section title={outboxText.dependantsHere}>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {dependants.map((one) => (
              <li key={one.id}>
                {outboxText.kinds[one.kind]} {outboxText.types[one.type]} <strong dir="auto">{one.entityName}</strong>
              </li>
            ))}
          </Box>
        </Section>
      )}
    </Box>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Box component="section">
      <Typography variant="h3" component="h3" sx={{ mb: 0.75 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Attempts({ attempts }: { readonly attempts: Found['attempts'] }) {
  const { bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1, fontSize: '0.75rem' }}>
      {attempts.map((attempt) => (
        <Box
          component="li"
          key={`${attempt.at}${attempt.correlationId}`}
          sx={{ borderLeft: '3px solid', borderColor: 'divider', pl: 1.25, display: 'grid', gap: 0.25 }}
        >
          <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap' }}>
            <strong>{attempt.status ?? outboxText.noAnswer}</strong>
            <span>{dateTimeSecondsText(attempt.at)}</span>
            <span>{outboxText.duration(attempt.durationMs)}</span>
          </Box>
          {attempt.error && (
            <Box component="span" sx={{ color: 'text.secondary', overflowWrap: 'anywhere', userSelect: 'text' }}>
              {attempt.error}
            </Box>
          )}
          {attempt.correlationId && (
            <CorrelationId
              id={attempt.correlationId}
              label={outboxText.correlation}
              copyLabel={outboxText.copyCorrelation}
              onCopy={(id) => void bridge.copyText(id).then(() => noticed(outboxText.copied, 'success'))}
            />
          )}
        </Box>
      ))}
    </Box>
  );
}
