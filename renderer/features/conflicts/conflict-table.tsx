import type { ReactNode } from 'react';
import type { Conflict } from '../../../shared/contract/conflicts.ts';
import type { Decisions, TypedValue } from '../../state/conflict-drafts.ts';
import type { UserChoices } from '../../../shared/model/user-choices.ts';
import { conflictsText } from '../../text/conflicts-text.ts';
import { ageText, momentText } from '../../text/times.ts';
import { ConflictQuestion } from './conflict-question.tsx';
import { ConflictTableRoot } from './conflict-table-root.tsx';
import { questions, type Choice } from './decision.ts';

export type DecisionProps = {
  readonly conflict: Conflict;
  /** The same conflict before the record moved once more: what is new on its other side is marked. */
  readonly before: Conflict | null;
  readonly decisions: Decisions;
  readonly country: string;
  /** What users of the account can be given. */
  readonly choices: UserChoices;
  /** The field the engine did not accept, and why. */
  readonly problem: { readonly field: string; readonly sentence: string } | null;
  readonly onChoose: (group: string, choice: Choice) => void;
  readonly onType: (group: string, field: string, value: TypedValue) => void;
};

/** Base, mine and theirs side by side: one body of rows for every group that is decided as one. */
export function ConflictTable(props: DecisionProps & { readonly nowMs: number }) {
  const { conflict, nowMs } = props;
  const { mineAt, theirsAt, theirsBy, kind } = conflict;
  const mine = conflictsText.mineAt(momentText(mineAt, nowMs), ageOf(mineAt, nowMs));
  return (
    <ConflictTableRoot>
      <colgroup>
        <col style={{ width: 132 }} />
        <col />
        <col />
        <col />
        <col style={{ width: 168 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{conflictsText.field}</th>
          <th scope="col">{conflictsText.base}</th>
          <Head title={conflictsText.mine} who={mine} />
          <Head title={conflictsText.theirs} who={whoThere({ kind, theirsBy, theirsAt }, nowMs)} />
          <th scope="col">{conflictsText.decision}</th>
        </tr>
      </thead>
      {questions(conflict).map((question) => (
        <ConflictQuestion key={question.group} {...props} question={question} />
      ))}
    </ConflictTableRoot>
  );
}

function Head({ title, who }: { readonly title: string; readonly who: string }): ReactNode {
  return (
    <th scope="col">
      {title}
      <small>{who}</small>
    </th>
  );
}

type There = Pick<Conflict, 'kind' | 'theirsBy' | 'theirsAt'>;

function whoThere({ kind, theirsBy, theirsAt }: There, nowMs: number): string {
  if (kind === 'gone-there') return conflictsText.goneAt;
  if (theirsBy === '' && theirsAt === null) return conflictsText.theirsUnknown;
  return conflictsText.theirsAt(
    theirsBy,
    theirsAt === null ? '' : momentText(theirsAt, nowMs),
    theirsAt === null ? '' : ageOf(theirsAt, nowMs),
  );
}

function ageOf(at: string, nowMs: number): string {
  return ageText(Math.max(0, nowMs - Date.parse(at)));
}
