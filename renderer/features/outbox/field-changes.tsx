import Box from '@mui/material/Box';
import { PlainIcon } from '../../components/plain-icon.tsx';
import { fieldLabel, outboxText, valueText } from '../../text/outbox-text.ts';
import type { Change } from './outbox-entry.ts';

type Props = {
  readonly change: Change;
  /** Takes one field out of the change; absent where it was sent already or is all one thing. */
  readonly onDrop?: (field: string) => void;
};

/** Old → new, field by field. */
export function FieldChanges({ change, onDrop }: Props) {
  const canDrop = onDrop !== undefined && change.kind === 'patch' && change.canUndo;
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'flex', flexWrap: 'wrap', gap: '2px 14px', fontSize: '0.8125rem', minWidth: 0 }}
    >
      {shownFields(change).map(({ field, from, to }) => (
        <Box key={field} sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minWidth: 0, maxWidth: '100%' }}>
          <Box component="dt" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
            {fieldLabel(change.type, field)}
          </Box>
          <Box
            component="dd"
            sx={{ m: 0, minWidth: 0, display: 'flex', alignItems: 'center', gap: 0.25 }}
            title={`${valueText(field, from)} → ${valueText(field, to)}`}
          >
            <Box
              component="span"
              dir="auto"
              sx={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            >
              {change.kind === 'patch' && <>{from ? <s>{valueText(field, from)}</s> : <Nothing />} → </>}
              {to ? <strong>{valueText(field, to)}</strong> : <Nothing />}
            </Box>
            {canDrop && (
              <Box
                component="button"
                type="button"
                aria-label={outboxText.dropField(fieldLabel(change.type, field), change.entityName)}
                title={outboxText.drop}
                onClick={() => onDrop(field)}
                sx={{
                  ...{ display: 'inline-flex', p: '3px', border: 0, borderRadius: 1, bgcolor: 'transparent' },
                  ...{ color: 'text.secondary', cursor: 'pointer', '& svg': { width: 14, height: 14 } },
                  '&:hover': { bgcolor: 'action.hover', color: 'text.primary' },
                }}
              >
                <PlainIcon name="close" />
              </Box>
            )}
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
