import { useNavigate } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { UserGroup } from '../../../shared/model/user-group.ts';
import { useLicense } from '../../client/use-license.ts';
import { LicenseDialog } from '../../components/license-dialog.tsx';
import { useNotices } from '../../state/notices.ts';
import { licenseText } from '../../text/license-text.ts';
import { manageText } from '../../text/manage-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

type Props = {
  readonly accountId: AccountId;
  readonly group: UserGroup;
  readonly onSent: () => void;
  readonly onClose: () => void;
};

/** BIL-4, BIL-5: licenses of the selected users, or of all of an account. */
export function LicenseGroup({ accountId, group, onSent, onClose }: Props) {
  const { plan, change, setChange, send, isRunning, tried } = useLicense(group);
  const noticed = useNotices((notices) => notices.noticed);
  const navigate = useNavigate();
  const onSend = async (): Promise<void> => {
    const asked = await send();
    if (!asked) return;
    noticed(licenseText.queued(asked.queuedCount), 'success');
    void navigate(`/accounts/${accountId}/uploads/${asked.id}`);
    onSent();
    onClose();
  };
  return (
    <LicenseDialog
      {...{ plan, change, isRunning, onClose }}
      text={licenseText}
      title={group.kind === 'users' ? manageText.licensesOf(group.ids.length) : licenseText.ofAll}
      problem={problemSentence(tried)}
      onChange={setChange}
      onSend={() => void onSend()}
    />
  );
}
