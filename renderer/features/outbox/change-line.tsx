import ContentCopy from '@mui/icons-material/ContentCopy';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';
import { useEngine } from '../../client/engine-provider.tsx';
import { useCommand } from '../../client/use-command.ts';
import { IconAction } from '../../components/icon-action.tsx';
import { Pill, type Tone } from '../../components/pill.tsx';
import { useNotices } from '../../state/notices.ts';
import { changeStates, fieldLabel, outboxText, reasonSentence, valueText } from '../../text/outbox-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { ageText, waitText } from '../../text/times.ts';
import type { Change } from './outbox-entry.ts';
import { DependantsDialog } from './dependants-dialog.tsx';

const tones: Readonly<Record<Change['state'], Tone>> = {
  queued: 'note',
  blocked: 'neutral',
  inflight: 'accent',
  unknown: 'warning',
  waiting: 'warning',
  'auth-wait': 'warning',
  merging: 'accent',
  conflict: 'error',
  quarantine: 'error',
};

/** Nothing is wrong with these: they are sent by themselves, and sending them again would change nothing. */
const inTurn: ReadonlySet<Change['state']> = new Set(['queued', 'blocked', 'auth-wait', 'merging']);

/** One change: who or what, old → new, why it stands and what can be done. */
export function ChangeLine({ change, nowMs }: { readonly change: Change; readonly nowMs: number }) {
  const [isAsking, setAsking] = useState(false);
  const undo = useCommand('outbox.undo');
  const retry = useCommand('outbox.retry');
  const noticed = useNotices((notices) => notices.noticed);
  const state = changeStates[change.state];
  const others = undo.outcome?.ok === false ? undo.outcome.refusal.details?.['count'] : undefined;

  const takeBack = async (withDependants: boolean): Promise<void> => {
    const result = await undo.run({ id: change.id, withDependants });
    if (result?.ok) noticed(outboxText.undone(result.value.undoneCount), 'success');
    setAsking(result?.ok === false && result.refusal.code === 'change.has-dependants');
  };
  const sendAgain = async (): Promise<void> => {
    const result = await retry.run({ id: change.id });
    if (result?.ok) noticed(outboxText.retried, 'success');
  };
  const problem = isAsking ? '' : problemSentence(undo) || problemSentence(retry);
  return (
    <Box sx={{ px: 2, py: 1.25, borderBottom: '1px solid', borderColor: 'divider', display: 'grid', gap: 0.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
        <Typography sx={{ minWidth: 0, flex: 1 }} noWrap>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {outboxText.kinds[change.kind]} {outboxText.types[change.type]}
          </Box>{' '}
          <Link to={addressOf(change)} style={{ color: 'inherit', fontWeight: 650 }} dir="auto">
            {change.entityName}
          </Link>
          {change.type === 'user' && (
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {' '}
              · {change.accountName}
            </Box>
          )}
        </Typography>
        <Pill tone={tones[change.state]}>{state?.label ?? change.state}</Pill>
        {change.nextAction === 'decide' && (
          <Button variant="contained" component={Link} to={`/conflicts?change=${change.id}`}>
            {outboxText.decide}
          </Button>
        )}
        {change.canRetry && change.nextAction !== 'decide' && !inTurn.has(change.state) && (
          <Button variant="outlined" loading={retry.isRunning} onClick={() => void sendAgain()}>
            {outboxText.retry}
          </Button>
        )}
        <Button disabled={!change.canUndo} loading={undo.isRunning} onClick={() => void takeBack(false)}>
          {outboxText.undo}
        </Button>
      </Box>
      <FieldChanges change={change} />
      {change.serverMessage && (
        <Typography variant="caption" sx={{ userSelect: 'text' }}>
          {outboxText.serverSays} “{change.serverMessage}”
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 1 }}>
        <Typography variant="caption" color={inTurn.has(change.state) ? 'textSecondary' : 'textPrimary'}>
          {[reasonSentence(change.reason), state?.next].filter(Boolean).join(' ')}
        </Typography>
        <Facts change={change} nowMs={nowMs} />
      </Box>
      {problem && <Alert severity="error">{problem}</Alert>}
      {isAsking && (
        <DependantsDialog
          count={typeof others === 'number' ? others : null}
          onClose={() => setAsking(false)}
          onConfirm={() => void takeBack(true)}
        />
      )}
    </Box>
  );
}

function FieldChanges({ change }: { readonly change: Change }) {
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'flex', flexWrap: 'wrap', gap: '2px 18px', fontSize: '0.8125rem', minWidth: 0 }}
    >
      {shownFields(change).map(({ field, from, to }) => (
        <Box key={field} sx={{ display: 'flex', gap: 0.75, minWidth: 0, maxWidth: '100%' }}>
          <Box component="dt" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
            {fieldLabel(change.type, field)}
          </Box>
          <Box
            component="dd"
            sx={{ m: 0, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            title={`${from ?? ''} → ${to}`}
            dir="auto"
          >
            {change.kind === 'patch' && <>{from ? <s>{valueText(field, from)}</s> : <Nothing />} → </>}
            {to ? <strong>{valueText(field, to)}</strong> : <Nothing />}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

/** What is added shows what it has; what is changed shows also what was taken away. */
function shownFields({ kind, fields }: Change): Change['fields'] {
  return kind === 'create' ? fields.filter(({ to }) => to !== '') : fields;
}

function Nothing() {
  return (
    <Box component="em" sx={{ color: 'text.secondary' }}>
      {outboxText.noValue}
    </Box>
  );
}

function Facts({ change, nowMs }: { readonly change: Change; readonly nowMs: number }) {
  const { bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  const parts = [
    outboxText.age(ageText(Math.max(0, nowMs - Date.parse(change.createdAt)))),
    outboxText.attempts(change.attempts),
    change.nextAttemptAt ? outboxText.nextAttempt(waitText(change.nextAttemptAt, nowMs)) : '',
  ];
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        color: 'text.secondary',
        fontSize: '0.75rem',
        minHeight: 20,
      }}
    >
      {parts.filter(Boolean).join(' · ')}
      {change.correlationId && (
        <>
          <span>· {outboxText.correlation}</span>
          <Box component="code" sx={{ userSelect: 'text' }}>
            {change.correlationId}
          </Box>
          <IconAction
            label={outboxText.copyCorrelation}
            onClick={() => void bridge.copyText(change.correlationId).then(() => noticed(outboxText.copied, 'success'))}
          >
            <ContentCopy sx={{ fontSize: 14 }} />
          </IconAction>
        </>
      )}
    </Box>
  );
}

function addressOf(change: Change): string {
  if (change.type === 'account') return `/accounts/${change.entityId}/information`;
  return `/accounts/${change.accountId ?? ''}/users/${change.entityId}`;
}
