import { useNavigate } from 'react-router';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import { useLicense } from '../../client/use-license.ts';
import { LicenseDialog } from '../../components/license-dialog.tsx';
import { useNotices } from '../../state/notices.ts';
import { licenseText } from '../../text/license-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

type Props = { readonly accountId: AccountId; readonly id: ImportId; readonly onClose: () => void };

/** IMP-11: licenses of exactly those whom an upload has made or changed. */
export function LicenseImported({ accountId, id, onClose }: Props) {
  const { plan, change, setChange, send, isRunning, tried } = useLicense({ kind: 'upload', id });
  const noticed = useNotices((notices) => notices.noticed);
  const navigate = useNavigate();
  const onSend = async (): Promise<void> => {
    const asked = await send();
    if (!asked) return;
    noticed(licenseText.queued(asked.queuedCount), 'success');
    void navigate(`/accounts/${accountId}/uploads/${asked.id}`);
    onClose();
  };
  return (
    <LicenseDialog
      {...{ plan, change, isRunning, onClose }}
      text={licenseText}
      title={licenseText.ofUpload}
      problem={problemSentence(tried)}
      onChange={setChange}
      onSend={() => void onSend()}
    />
  );
}
