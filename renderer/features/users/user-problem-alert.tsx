import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link } from 'react-router';
import type { RefusalCode } from '../../../shared/contract/refusals.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Refusal } from '../../../shared/rpc/outcome.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { userText } from '../../text/users-text.ts';

type Props = {
  readonly accountId: AccountId;
  readonly outcome: { readonly ok: boolean; readonly refusal?: Refusal<RefusalCode> } | null;
  readonly fault: Error | null;
};

/** Why a user could not be saved, with the way to the user who has the address already. */
export function UserProblemAlert({ accountId, outcome, fault }: Props) {
  const sentence = problemSentence({ outcome, fault });
  if (!sentence) return null;
  const details = outcome?.refusal?.code === 'user.email-in-use' ? outcome.refusal.details : undefined;
  const otherId = details?.['userId'];
  return (
    <Alert severity="error">
      {sentence}
      {otherId && (
        <Box>
          <Button component={Link} to={`/accounts/${accountId}/users/${otherId}`} color="inherit" sx={{ ml: -1.5 }}>
            {userText.openConflict(`${details['name'] ?? ''}`)}
          </Button>
        </Box>
      )}
    </Alert>
  );
}
