import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ChangeId } from '../../../shared/model/ids.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CorrelationId } from '../../components/correlation-id.tsx';
import { Pill } from '../../components/pill.tsx';
import { recordAddress } from '../../components/record-address.ts';
import { useNotices } from '../../state/notices.ts';
import { changeStates, nextActionText, outboxText, reasonSentence } from '../../text/outbox-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { ageText } from '../../text/times.ts';
import { ChangeMenu } from './change-menu.tsx';
import { changeTones, inTurn } from './change-tones.ts';
import { FieldChanges } from './field-changes.tsx';
import type { NestedChange } from './outbox-entry.ts';
import type { MoveChange } from './use-move-change.ts';

type Props = {
  readonly change: NestedChange;
  readonly nowMs: number;
  readonly onDetails: (id: ChangeId) => void;
  readonly onMove: MoveChange;
};

/** One change: who or what, old → new, what happens next and what can be done. */
export function ChangeLine({ change, nowMs, onDetails, onMove }: Props) {
  const [isAsking, setAsking] = useState(false);
  const undo = useCommand('outbox.undo');
  const retry = useCommand('outbox.retry');
  const drop = useCommand('outbox.dropFields');
  const noticed = useNotices((notices) => notices.noticed);
  const others = undo.outcome?.ok === false ? undo.outcome.refusal.details?.['count'] : undefined;

  // SYNC 3.4: a change that others build on is undone with them or not at all.
  const takeBack = async (withDependants: boolean): Promise<void> => {
    const result = await undo.run({ id: change.id, withDependants });
    if (result?.ok) noticed(outboxText.undone(result.value.undoneCount), 'success');
    setAsking(result?.ok === false && result.refusal.code === 'change.has-dependants');
  };
  const sendAgain = async (): Promise<void> => {
    const result = await retry.run({ id: change.id });
    if (result?.ok) noticed(outboxText.retried, 'success');
  };
  const dropField = async (field: string): Promise<void> => {
    const result = await drop.run({ id: change.id, fields: [field] });
    if (result?.ok) noticed(result.value.isUndone ? outboxText.undone(1) : outboxText.dropped, 'success');
  };
  const problem = isAsking ? '' : problemSentence(undo) || problemSentence(retry) || problemSentence(drop);
  return (
    <Box
      data-change={change.id}
      sx={{
        py: 1.25,
        pr: 2,
        pl: 2 + Math.min(change.depth, 4) * 3,
        borderBottom: '1px solid',
        borderColor: 'divider',
        display: 'grid',
        gap: 0.5,
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
        <ChangeTitle change={change} />
        <Pill tone={changeTones[change.state]}>{changeStates[change.state] ?? change.state}</Pill>
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
        <ChangeMenu change={change} onDetails={() => onDetails(change.id)} onMove={onMove} />
      </Box>
      <FieldChanges change={change} onDrop={(field) => void dropField(field)} />
      {change.serverMessage && !reasonSentence(change.reason).includes(change.serverMessage) && (
        <Typography variant="caption" sx={{ userSelect: 'text' }}>
          {outboxText.serverSays} “{change.serverMessage}”
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 1 }}>
        <Next change={change} nowMs={nowMs} onDetails={onDetails} />
        <Facts change={change} nowMs={nowMs} />
      </Box>
      {problem && <Alert severity="error">{problem}</Alert>}
      {isAsking && (
        <ConfirmDialog
          title={outboxText.dependantsTitle}
          body={outboxText.dependantsBody(typeof others === 'number' ? others : null)}
          confirm={outboxText.undoAll}
          keep={outboxText.keep}
          onConfirm={() => void takeBack(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </Box>
  );
}

function ChangeTitle({ change }: { readonly change: NestedChange }) {
  return (
    <Typography sx={{ minWidth: 0, flex: 1 }} noWrap title={`${change.entityName} · ${change.accountName}`}>
      {change.depth > 0 && (
        <Box component="span" aria-hidden sx={{ color: 'text.secondary' }}>
          ↳{' '}
        </Box>
      )}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {outboxText.kinds[change.kind]} {outboxText.types[change.type]}
      </Box>{' '}
      <Link to={recordAddress(change)} style={{ color: 'inherit', fontWeight: 650 }} dir="auto">
        {change.entityName}
      </Link>
      {change.type === 'user' && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {' '}
          · {change.accountName}
        </Box>
      )}
    </Typography>
  );
}

/** What happens next and who has to do it; what goes first is one click away. */
function Next({ change, nowMs, onDetails }: Pick<Props, 'change' | 'nowMs' | 'onDetails'>) {
  const { waitsFor, nextAction } = change;
  const isWaiting = nextAction === 'waits-for-other' || nextAction === 'waits-behind';
  const reason = change.reason === 'depends-on-other' ? '' : reasonSentence(change.reason);
  const needsPerson = nextAction === 'decide' || nextAction === 'correct' || waitsFor?.needsAttention === true;
  return (
    <Typography variant="caption" color={needsPerson ? 'textPrimary' : 'textSecondary'}>
      {[reason, isWaiting && waitsFor ? '' : nextActionText(change, nowMs)].filter(Boolean).join(' ')}
      {isWaiting && waitsFor && (
        <>
          {' '}
          {outboxText.waitsFor}{' '}
          <Box
            component="button"
            type="button"
            dir="auto"
            onClick={() => onDetails(waitsFor.id)}
            sx={{
              ...{ p: 0, border: 0, bgcolor: 'transparent', font: 'inherit', color: 'primary.main' },
              ...{ textDecoration: 'underline', cursor: 'pointer', maxWidth: '100%' },
            }}
          >
            {waitsFor.name}
          </Box>
          {waitsFor.needsAttention && `, ${outboxText.needsAttentionFirst}`}.
        </>
      )}
    </Typography>
  );
}

function Facts({ change, nowMs }: Pick<Props, 'change' | 'nowMs'>) {
  const { bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  const parts = [
    outboxText.age(ageText(Math.max(0, nowMs - Date.parse(change.createdAt)))),
    outboxText.attempts(change.attempts),
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
        <CorrelationId
          id={change.correlationId}
          label={`· ${outboxText.correlation}`}
          copyLabel={outboxText.copyCorrelation}
          onCopy={(id) => void bridge.copyText(id).then(() => noticed(outboxText.copied, 'success'))}
        />
      )}
    </Box>
  );
}
