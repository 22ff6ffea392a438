import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useRef } from 'react';
import type { Conflict } from '../../../shared/contract/conflicts.ts';
import type { AccountId, ChangeId } from '../../../shared/model/ids.ts';
import { useAccountChoices } from '../../client/use-account-choices.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import type { EnginePages } from '../../client/use-engine-pages.ts';
import { useConflictDrafts, type TypedValue } from '../../state/conflict-drafts.ts';
import { ConflictDetail } from './conflict-detail.tsx';
import { ConflictList } from './conflict-list.tsx';
import { ownValues, questions, sameForAll, type Choice } from './decision.ts';
import { focusQuestion } from './focus-question.ts';
import { useConflictDesk } from './use-conflict-desk.ts';
import { useConflictKeys } from './use-conflict-keys.ts';

type Props = {
  readonly list: EnginePages<OutputFor<'conflicts.list'>, Conflict>;
  /** The conflict that a link asked for. */
  readonly asked: ChangeId | null;
  readonly nowMs: number;
  readonly onSaid: (sentence: string) => void;
};

/** The list on the left, the one that is being decided on the right. */
export function ConflictWorkbench({ list, asked, nowMs, onSaid }: Props) {
  const detail = useRef<HTMLDivElement>(null);
  const desk = useConflictDesk(list, { asked, onSaid });
  const { conflict, decisions, index, total } = desk;
  const drafts = useConflictDrafts((all) => all.byConflict);
  const chosen = useConflictDrafts((all) => all.chosen);
  const { country, choices } = useAccountChoices((conflict?.accountId as AccountId | undefined) ?? null);

  const choose = (group: string, choice: Choice): void => {
    const question = conflict && questions(conflict).find((one) => one.group === group);
    if (!question || (choice === 'edit' && !question.canEdit)) return;
    const typed = decisions[group]?.values ?? {};
    const values = choice === 'edit' && Object.keys(typed).length === 0 ? ownValues(question) : typed;
    chosen(conflict.id, group, { choice, values });
  };
  const type = (group: string, field: string, value: TypedValue): void => {
    if (!conflict) return;
    chosen(conflict.id, group, { choice: 'edit', values: { ...decisions[group]?.values, [field]: value } });
  };
  const decide = (): void => {
    void desk.decide().then((isDone) => {
      if (!isDone) focusQuestion(detail.current);
    });
  };
  useConflictKeys({
    detail,
    onMove: (by) => desk.select(Math.max(0, Math.min(total - 1, index + by)), true),
    onChoose: choose,
    onDecide: decide,
  });
  return (
    <Box sx={{ flex: 1, minHeight: 0, display: 'flex', gap: 1.5 }}>
      <ConflictList
        total={total}
        rowAt={list.rowAt}
        onRange={list.onRange}
        selected={index}
        drafts={drafts}
        onSelect={(next) => desk.select(next, false)}
        onEnter={() => focusQuestion(detail.current)}
      />
      <Box ref={detail} sx={{ flex: 1, minWidth: 0, display: 'flex' }}>
        {conflict ? (
          <ConflictDetail
            key={conflict.id}
            onAppear={desk.takesFocus ? focusQuestion : leaveFocus}
            conflict={conflict}
            before={desk.before}
            decisions={decisions}
            country={country}
            choices={choices}
            problem={desk.problem}
            nowMs={nowMs}
            sentence={desk.sentence}
            isRunning={desk.isRunning}
            onChoose={choose}
            onType={type}
            onDecide={decide}
            onWhole={(choice) => void desk.resolve(sameForAll(conflict, choice))}
          />
        ) : (
          <Skeleton variant="rounded" height="100%" sx={{ flex: 1 }} />
        )}
      </Box>
    </Box>
  );
}

function leaveFocus(): void {
  // Chosen with the pointer or in the list: the focus stays there.
}
