import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Skeleton from '@mui/material/Skeleton';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useEngineQuery } from '../../client/engine-query.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { ValueText } from '../../components/value-text.tsx';
import { historyText } from '../../text/history-text.ts';
import { fieldLabel, valueText } from '../../text/outbox-text.ts';
import { fromLocalInput, toLocalInput } from './local-input.ts';

type Then = NonNullable<OutputFor<'history.recordAt'>>;
type Named = { readonly type: 'account' | 'user'; readonly entityId: string; readonly name: string };
type Props = { readonly record: Named; readonly at: string; readonly now: string; readonly onClose: () => void };

/** A record as it was at a chosen time, beside what it is now. */
export function RecordAtDialog({ record, at, now, onClose }: Props) {
  const [typed, setTyped] = useState(() => toLocalInput(at));
  const [isAll, setAll] = useState(false);
  const instant = fromLocalInput(typed);
  const { type, entityId } = record;
  const { data } = useEngineQuery(
    'history.recordAt',
    { type, entityId, at: instant ?? at },
    { enabled: instant !== null, keepPrevious: true },
  );
  return (
    <Dialog open onClose={onClose} aria-labelledby="record-at-title" maxWidth="md" fullWidth>
      <DialogTitle id="record-at-title">{historyText.asOfTitle(record.name)}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, flexWrap: 'wrap', pt: 1 }}>
          <TextField
            type="datetime-local"
            label={historyText.when}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            fullWidth={false}
            slotProps={{ inputLabel: { shrink: true }, htmlInput: { step: 1, max: toLocalInput(now) } }}
          />
          <FormControlLabel
            control={<Switch size="small" checked={!isAll} onChange={(_, isOn) => setAll(!isOn)} />}
            label={historyText.onlyDifferent}
          />
        </Box>
        {data === undefined ? (
          <Skeleton variant="rounded" height={160} />
        ) : data === null ? (
          <Typography component="output">{historyText.nothingKnown}</Typography>
        ) : (
          <ThenAndNow then={data} type={type} isAll={isAll} />
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {historyText.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

type ThenProps = { readonly then: Then; readonly type: Named['type']; readonly isAll: boolean };

function ThenAndNow({ then, type, isAll }: ThenProps) {
  if (!then.exists) return <Typography component="output">{historyText.notThere}</Typography>;
  const isGone = then.fields.every(({ now }) => now === null);
  const different = then.fields.filter(({ was, now }) => JSON.stringify(was) !== JSON.stringify(now));
  const shown = isAll ? then.fields : different;
  return (
    <>
      {!then.isComplete && <Alert severity="warning">{historyText.incomplete}</Alert>}
      {isGone && <Alert severity="info">{historyText.isGone}</Alert>}
      {shown.length === 0 ? (
        <Typography component="output">{historyText.noDifference}</Typography>
      ) : (
        <Table>
          <thead>
            <tr>
              <th scope="col">{historyText.field}</th>
              <th scope="col">{historyText.past}</th>
              <th scope="col">{historyText.now}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.field} data-differs={different.includes(one) || undefined}>
                <th scope="row">{fieldLabel(type, one.field)}</th>
                <td>
                  <Value field={one.field} value={one.was} />
                </td>
                <td>
                  <Value field={one.field} value={one.now} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </>
  );
}

function Value({ field, value }: { readonly field: string; readonly value: string | readonly string[] | null }) {
  return <ValueText value={value} textOf={(text) => valueText(field, text)} emptyText={historyText.noValue} />;
}

const Table = styled('table')({
  width: '100%',
  borderCollapse: 'collapse',
  tableLayout: 'fixed',
  fontSize: '0.8125rem',
  '& th, & td': {
    padding: '6px 8px',
    textAlign: 'left',
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    borderBottom: '1px solid var(--mui-palette-divider)',
    userSelect: 'text',
  },
  '& tbody th': { fontWeight: 400, color: 'var(--mui-palette-text-secondary)' },
  '& tr[data-differs] td': { fontWeight: 650 },
  '& em': { fontWeight: 400, color: 'var(--mui-palette-text-secondary)' },
  '& ul': { margin: 0, padding: 0, listStyle: 'none' },
});
