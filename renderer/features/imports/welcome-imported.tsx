import { useNavigate } from 'react-router';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import { useWelcome } from '../../client/use-welcome.ts';
import { WelcomeDialog } from '../../components/welcome-dialog.tsx';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { welcomeText } from '../../text/welcome-text.ts';

type Props = { readonly accountId: AccountId; readonly id: ImportId; readonly onClose: () => void };

/** IMP-11: welcome e-mails to exactly those whom an upload has made. */
export function WelcomeImported({ accountId, id, onClose }: Props) {
  const { plan, again, setAgain, mayAgain, send, isRunning, tried } = useWelcome({ kind: 'upload', id });
  const noticed = useNotices((notices) => notices.noticed);
  const navigate = useNavigate();
  const onSend = async (): Promise<void> => {
    const asked = await send();
    if (!asked) return;
    noticed(welcomeText.queued(asked.queuedCount), 'success');
    void navigate(`/accounts/${accountId}/uploads/${asked.id}`);
    onClose();
  };
  return (
    <WelcomeDialog
      {...{ plan, again, mayAgain, isRunning, onClose }}
      text={welcomeText}
      title={welcomeText.ofUpload}
      problem={problemSentence(tried)}
      onAgain={setAgain}
      onSend={() => void onSend()}
    />
  );
}
