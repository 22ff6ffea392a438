import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useNotices } from '../../state/notices.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { ImportHeader } from './import-header.ts';

type Props = { readonly draft: ImportHeader; readonly onClose: () => void; readonly onCancelled: () => void };

/** IMP-5 "Cancel". */
export function CancelImportDialog({ draft, onClose, onCancelled }: Props) {
  const { run, isRunning, outcome, fault } = useCommand('imports.cancel');
  const noticed = useNotices((notices) => notices.noticed);
  const cancel = async (): Promise<void> => {
    const result = await run({ id: draft.id });
    if (!result?.ok) return;
    noticed(previewText.cancelled);
    onCancelled();
  };
  return (
    <ConfirmDialog
      title={previewText.cancelTitle}
      body={previewText.cancelBody(draft.rowCount, draft.queuedCount)}
      problem={problemSentence({ outcome, fault })}
      confirm={previewText.cancelConfirm}
      keep={previewText.cancelKeep}
      isRunning={isRunning}
      onConfirm={() => void cancel()}
      onClose={onClose}
    />
  );
}
