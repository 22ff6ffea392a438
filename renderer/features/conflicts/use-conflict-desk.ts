import { useCallback, useState } from 'react';
import type { Conflict, GroupChoice } from '../../../shared/contract/conflicts.ts';
import type { ChangeId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import type { EnginePages } from '../../client/use-engine-pages.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useRefresh } from '../../client/use-refresh.ts';
import { useConflictDrafts, type Decisions } from '../../state/conflict-drafts.ts';
import { conflictsText, typedProblem } from '../../text/conflicts-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { isDecided, isWhole, toChoices } from './decision.ts';

type List = EnginePages<OutputFor<'conflicts.list'>, Conflict>;
type Opened = { readonly asked: ChangeId | null; readonly onSaid: (sentence: string) => void };
const NONE: Decisions = {};

/** Which conflict is on the table, and what becomes of it. */
export function useConflictDesk(list: List, { asked, onSaid }: Opened) {
  const total = list.total ?? 0;
  const [place, setPlace] = useState<{ readonly id: ChangeId | null; readonly index: number }>({ id: asked, index: 0 });
  const found = placeOf(list, place.id);
  const index = found ?? Math.max(0, Math.min(place.index, total - 1));
  // A link may point at a conflict far down the list, whose page is not here.
  const single = useEngineQuery(
    'conflicts.get',
    { id: place.id as ChangeId },
    { enabled: place.id !== null && found === null },
  );
  const far = found === null && place.id !== null ? (single.data ?? null) : null;
  const conflict = far ?? list.rowAt(index) ?? null;
  const decisions = useConflictDrafts(({ byConflict }) => byConflict[conflict?.id ?? ''] ?? NONE);
  const dropped = useConflictDrafts((drafts) => drafts.dropped);
  const { run, isRunning, outcome, fault, reset } = useCommand('conflicts.resolve');
  const refresh = useRefresh();
  const [hint, setHint] = useState('');
  const [before, setBefore] = useState<Conflict | null>(null);
  // The page is opened to decide: its first question has the focus from the start.
  const [takesFocus, setTakesFocus] = useState(true);
  // From here on it is this conflict that is decided, wherever it moves in the list.
  if (conflict && conflict.id !== place.id && (place.id === null || single.data === null))
    setPlace({ id: conflict.id, index });

  const select = useCallback(
    (next: number, byKeyboard: boolean) => {
      setTakesFocus(byKeyboard);
      setHint('');
      setBefore(null);
      reset();
      setPlace({ id: list.rowAt(next)?.id ?? null, index: next });
    },
    [list, reset],
  );

  const resolve = async (groups: GroupChoice[]): Promise<void> => {
    if (!conflict || isRunning) return;
    setHint('');
    const result = await run({ id: conflict.id, theirsMark: conflict.theirsMark, groups });
    if (result?.ok !== true) {
      if (result?.refusal.code === 'conflict.moved') setBefore(conflict);
      if (result?.refusal.code === 'change.not-found') setPlace({ id: null, index });
      await refresh('conflicts', 'list');
      return;
    }
    dropped(conflict.id);
    const isAgain = conflict.kind === 'gone-there' && result.value.isQueued;
    const left = Math.max(0, total - 1);
    onSaid(
      isAgain
        ? conflictsText.madeAgain(conflict.entityName, left)
        : conflictsText.decided(conflict.entityName, result.value.isQueued, left),
    );
    setTakesFocus(true);
    setBefore(null);
    const next = list.rowAt(index + 1) ?? list.rowAt(index - 1);
    setPlace({ id: next?.id ?? null, index });
    await refresh('conflicts', 'list');
  };
  const decide = async (): Promise<boolean> => {
    if (!conflict) return false;
    if (!isDecided(conflict, decisions)) {
      setHint(isWhole(conflict) ? conflictsText.undecidedWhole : conflictsText.undecided);
      return false;
    }
    await resolve(toChoices(conflict, decisions));
    return true;
  };
  const details = outcome?.ok === false && outcome.refusal.code === 'conflict.invalid' ? outcome.refusal.details : null;
  const field = String(details?.['field'] ?? '');
  return {
    ...{ conflict, index, total, decisions, before, isRunning, takesFocus, select, resolve, decide },
    sentence: hint || problemSentence({ outcome, fault }),
    problem:
      conflict && details
        ? { field, sentence: typedProblem(conflict.type, { field, problem: String(details['problem'] ?? '') }) }
        : null,
  };
}

/** Where a conflict stands among the rows that are here. */
function placeOf(list: List, id: ChangeId | null): number | null {
  if (id === null) return null;
  const total = list.total ?? 0;
  for (let index = 0; index < total; index += 1) if (list.rowAt(index)?.id === id) return index;
  return null;
}
