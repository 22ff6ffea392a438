import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { conflictsText } from '../../text/conflicts-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

type Props = {
  readonly choice: 'mine' | 'theirs';
  readonly total: number;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
};

/** One answer for the whole list, after the number has been read. */
export function DecideAllDialog({ choice, total, onClose, onDone }: Props) {
  const { run, isRunning, outcome, fault } = useCommand('conflicts.resolveAll');
  const isMine = choice === 'mine';
  const confirm = async (): Promise<void> => {
    const result = await run({ accountId: null, choice });
    if (!result?.ok) return;
    onDone(conflictsText.decidedAll(result.value.resolvedCount, isMine));
    onClose();
  };
  return (
    <ConfirmDialog
      title={conflictsText.allTitle(total, isMine)}
      body={conflictsText.allBody(isMine)}
      problem={problemSentence({ outcome, fault })}
      confirm={isMine ? conflictsText.keepMineAll : conflictsText.keepTheirsAll}
      keep={conflictsText.cancel}
      isHarmless={!isMine}
      isRunning={isRunning}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
