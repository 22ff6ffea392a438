import { useNavigate } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { UserGroup } from '../../../shared/model/user-group.ts';
import { useWelcome } from '../../client/use-welcome.ts';
import { WelcomeDialog } from '../../components/welcome-dialog.tsx';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { welcomeText } from '../../text/welcome-text.ts';

type Props = {
  readonly accountId: AccountId;
  readonly group: UserGroup;
  readonly onSent: () => void;
  readonly onClose: () => void;
};

/** USR-7: welcome e-mails to the selected users, or to all of an account. */
export function WelcomeGroup({ accountId, group, onSent, onClose }: Props) {
  const { plan, again, setAgain, mayAgain, send, isRunning, tried } = useWelcome(group);
  const noticed = useNotices((notices) => notices.noticed);
  const navigate = useNavigate();
  const onSend = async (): Promise<void> => {
    const asked = await send();
    if (!asked) return;
    noticed(welcomeText.queued(asked.queuedCount), 'success');
    void navigate(`/accounts/${accountId}/uploads/${asked.id}`);
    onSent();
    onClose();
  };
  return (
    <WelcomeDialog
      {...{ plan, again, mayAgain, isRunning, onClose }}
      text={welcomeText}
      title={group.kind === 'users' ? welcomeText.ofUpload : welcomeText.ofAll}
      problem={problemSentence(tried)}
      onAgain={setAgain}
      onSend={() => void onSend()}
    />
  );
}
