import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { Link } from 'react-router';

type Props = { readonly sentence: string; readonly label: string; readonly to: string };

/** A change of this record needs a person: what happened, and the way to where it is decided. */
export function AttentionAlert({ sentence, label, to }: Props) {
  return (
    <Alert
      severity="warning"
      square
      action={
        <Button color="inherit" component={Link} to={to}>
          {label}
        </Button>
      }
    >
      {sentence}
    </Alert>
  );
}
