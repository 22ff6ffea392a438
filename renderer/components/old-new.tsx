import Box from '@mui/material/Box';

type Field = {
  readonly label: string;
  /** Null: there was nothing before. */
  readonly from: string | null;
  /** Null: there is nothing after. */
  readonly to: string | null;
};

/** One field, old → new, cut at the end of the line and whole in its tooltip. */
function OldNew({ field, emptyText }: { readonly field: Field; readonly emptyText: string }) {
  const { label, from, to } = field;
  return (
    <Box sx={{ display: 'flex', gap: 0.75, minWidth: 0, maxWidth: '100%' }} title={`${from ?? ''} → ${to ?? ''}`}>
      <Box component="dt" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {label}
      </Box>
      <Box
        component="dd"
        dir="auto"
        sx={{ m: 0, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
      >
        {from !== null && (from === '' ? <em>{emptyText}</em> : <s>{from}</s>)}
        {from !== null && to !== null && ' → '}
        {to !== null && (to === '' ? <em>{emptyText}</em> : <strong>{to}</strong>)}
      </Box>
    </Box>
  );
}

type Props = { readonly fields: readonly Field[]; readonly emptyText: string };

/** Fields side by side, as many as the line holds. */
export function OldNewList({ fields, emptyText }: Props) {
  if (fields.length === 0) return null;
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'flex', flexWrap: 'wrap', gap: '2px 16px', fontSize: '0.8125rem', minWidth: 0 }}
    >
      {fields.map((field) => (
        <OldNew key={field.label} field={field} emptyText={emptyText} />
      ))}
    </Box>
  );
}
