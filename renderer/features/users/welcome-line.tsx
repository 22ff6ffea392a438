import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { displayNameOf, type User } from '../../../shared/model/user.ts';
import { useCommand } from '../../client/use-command.ts';
import { usePermission } from '../../client/use-session.ts';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { welcomeText } from '../../text/welcome-text.ts';

/** USR-7: when the welcome e-mail was last asked for, and one more. */
export function WelcomeLine({ user }: { readonly user: User }) {
  const { attempt, isRunning } = useCommand('users.welcome');
  const mayEdit = usePermission('users.edit');
  const noticed = useNotices((notices) => notices.noticed);
  const { welcomeEmailOn } = user;
  const ask = async (): Promise<void> => {
    const tried = await attempt({ id: user.id });
    if (tried.outcome?.ok) noticed(welcomeText.asked(displayNameOf(user)), 'success');
    else noticed(problemSentence(tried), 'error');
  };
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
      <Typography variant="body2" color="textSecondary" sx={{ flex: 1, minWidth: 180 }}>
        {welcomeText.label}: {welcomeEmailOn === '' ? welcomeText.never : welcomeText.askedFor(welcomeEmailOn)}
      </Typography>
      {mayEdit && (
        <Button
          size="small"
          loading={isRunning}
          disabled={user.pending === 'deleting' || user.email === ''}
          onClick={() => void ask()}
        >
          {welcomeEmailOn === '' ? welcomeText.send : welcomeText.resend}
        </Button>
      )}
    </Box>
  );
}
