import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ChosenFile } from '../../../shared/bridge/bridge.ts';
import { PASTED_CHARACTERS } from '../../../shared/contract/imports.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useCommand } from '../../client/use-command.ts';
import { importText, readFailureSentence } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

/** Opens a file or a pasted list and goes to its preview; what cannot be read is said here. */
export function useOpenImport(accountId: AccountId) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [pasteProblem, setPasteProblem] = useState('');
  const { run: prepare } = useCommand('imports.prepare');
  const file = useCommand('imports.open');
  const list = useCommand('imports.openText');

  useEffect(() => void prepare({}), [prepare]);

  const show = (opened: Awaited<ReturnType<typeof file.run>>): void => {
    const id = opened?.ok ? opened.value.id : opened?.refusal.details?.['importId'];
    // Without an e-mail column the engine keeps the draft: its screen asks for the column.
    if (id !== undefined) void navigate(`/accounts/${accountId}/import/${id}`);
  };
  const start = (next: string, problem = ''): void => {
    file.reset();
    list.reset();
    setName(next);
    setPasteProblem(problem);
  };
  const openFile = async (chosen: ChosenFile | null): Promise<void> => {
    if (!chosen) return;
    start(chosen.name);
    show(await file.run({ accountId, file: chosen.grant }));
  };
  const openText = async (text: string): Promise<void> => {
    if (text.trim() === '') return start('', importText.nothingPasted);
    if (text.length > PASTED_CHARACTERS) return start('', importText.pastedTooMuch);
    start(importText.pasted);
    show(await list.run({ accountId, text }));
  };

  const outcome = file.outcome ?? list.outcome;
  const refusal = outcome?.ok === false ? outcome.refusal : null;
  const problem = refusal
    ? readFailureSentence(refusal.code, refusal.details)
    : problemSentence({ outcome: null, fault: file.fault ?? list.fault });
  return { name, isRunning: file.isRunning || list.isRunning, problem, pasteProblem, openFile, openText };
}
