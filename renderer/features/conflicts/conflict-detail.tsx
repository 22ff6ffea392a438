import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import type { Conflict } from '../../../shared/contract/conflicts.ts';
import { Pill } from '../../components/pill.tsx';
import { recordAddress } from '../../components/record-address.ts';
import { conflictKinds, conflictsText, groupLabel, kindSentence, wholeAnswers } from '../../text/conflicts-text.ts';
import { valueText } from '../../text/outbox-text.ts';
import { ConflictTable, type DecisionProps } from './conflict-table.tsx';
import { companions, isDecided, wasTakenBack } from './decision.ts';

type Props = DecisionProps & {
  readonly nowMs: number;
  readonly sentence: string;
  readonly isRunning: boolean;
  /** Called with the element when it appears: the focus follows where the keyboard goes. */
  readonly onAppear: (element: HTMLElement | null) => void;
  readonly onDecide: () => void;
  readonly onWhole: (choice: 'mine' | 'theirs') => void;
};

/** One conflict with everything that is needed to decide it. */
export function ConflictDetail(props: Props) {
  const { conflict, decisions, sentence, isRunning, onAppear, onDecide, onWhole } = props;
  const answers = wholeAnswers(conflict);
  return (
    <Box
      component="section"
      ref={onAppear}
      aria-label={conflict.entityName}
      sx={{
        flex: 1,
        minWidth: 0,
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'background.paper',
        border: '1px solid',
        borderColor: 'divider',
        borderRadius: 1.5,
        overflow: 'hidden',
      }}
    >
      <Box sx={{ px: 2, pt: 1.5, pb: 1, display: 'grid', gap: 0.5 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
          <Typography variant="h2" noWrap title={conflict.entityName} dir="auto" sx={{ minWidth: 0 }}>
            {conflict.entityName}
          </Typography>
          <Pill tone="error">{conflictKinds[conflict.kind]}</Pill>
          <Box sx={{ flex: 1 }} />
          {conflict.kind !== 'gone-there' && (
            <Button component={Link} to={recordAddress(conflict)}>
              {conflictsText.openRecord(conflict.type)}
            </Button>
          )}
        </Box>
        <Typography color="textSecondary">
          {wasTakenBack(conflict) ? conflictsText.takenBackBody : kindSentence(conflict)}
        </Typography>
        {sentence && <Alert severity="error">{sentence}</Alert>}
      </Box>
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', borderTop: '1px solid', borderColor: 'divider' }}>
        <ConflictTable {...props} />
        <Companions conflict={conflict} />
      </Box>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          flexWrap: 'wrap',
          gap: 1,
          px: 2,
          py: 1,
          borderTop: '1px solid',
          borderColor: 'divider',
        }}
      >
        <Box sx={{ flex: 1 }} />
        <Button variant="outlined" aria-busy={isRunning} onClick={() => onWhole('theirs')}>
          {answers.theirs}
        </Button>
        <Button variant="outlined" aria-busy={isRunning} onClick={() => onWhole('mine')}>
          {answers.mine}
        </Button>
        <Button
          variant={isDecided(conflict, decisions) ? 'contained' : 'outlined'}
          aria-keyshortcuts="Control+Enter"
          aria-busy={isRunning}
          onClick={onDecide}
        >
          {conflictsText.decide}
        </Button>
      </Box>
    </Box>
  );
}

/** What nobody disputes: said in one quiet line for each group. */
function Companions({ conflict }: { readonly conflict: Conflict }) {
  const others = companions(conflict);
  if (others.length === 0) return null;
  const sentences = {
    'goes-along': conflictsText.goesAlong,
    stays: conflictsText.staysThere,
    same: conflictsText.isSame,
  };
  return (
    <Box component="ul" sx={{ m: 0, px: 2, py: 1.25, listStyle: 'none', display: 'grid', gap: 0.5 }}>
      {others.map(({ group: { group, fields }, what }) => (
        <Typography
          component="li"
          key={group}
          variant="caption"
          color="textSecondary"
          sx={{ overflowWrap: 'anywhere' }}
        >
          {sentences[what]}: {groupLabel(conflict.type, group)}{' '}
          <Box component="span" sx={{ color: 'text.primary' }} dir="auto">
            {fields
              .map(({ field, mine, theirs }) => valueText(field, [what === 'stays' ? theirs : mine].flat().join(', ')))
              .join(' · ')}
          </Box>
        </Typography>
      ))}
    </Box>
  );
}
