import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Pill } from '../../components/pill.tsx';
import { ValueText } from '../../components/value-text.tsx';
import type { GroupDecision } from '../../state/conflict-drafts.ts';
import { conflictsText, groupLabel } from '../../text/conflicts-text.ts';
import { fieldLabel, outboxText, valueText } from '../../text/outbox-text.ts';
import type { DecisionProps } from './conflict-table.tsx';
import { isSame, type Choice, type Question } from './decision.ts';
import { FieldEditor } from './field-editor.tsx';

type Props = DecisionProps & { readonly question: Question };
type Field = Question['fields'][number];

/** The rows of one group, the choice between the sides, and below them what the person types instead. */
export function ConflictQuestion(props: Props) {
  const { conflict, question, decisions, onChoose } = props;
  const { group, fields, canEdit } = question;
  const decision = decisions[group];
  const label = canEdit ? groupLabel(conflict.type, group) : conflict.entityName;
  const rows: readonly (Field | null)[] = fields.length === 0 ? [null] : fields;
  return (
    <tbody data-group={group}>
      {rows.map((field, index) => (
        <tr key={field?.field ?? ''}>
          {field ? (
            <Sides {...props} field={field} choice={decision?.choice ?? null} />
          ) : (
            <td colSpan={4}>{conflictsText.takenBack}</td>
          )}
          {index === 0 && (
            <td rowSpan={rows.length} data-editing={decision?.choice === 'edit' || undefined}>
              <Choices
                label={conflictsText.choiceOf(label)}
                choice={decision?.choice ?? null}
                canEdit={canEdit}
                onChoose={(choice) => onChoose(group, choice)}
              />
            </td>
          )}
        </tr>
      ))}
      {decision?.choice === 'edit' && <Editors {...props} decision={decision} />}
    </tbody>
  );
}

function Sides({
  conflict,
  before,
  field: shown,
  choice,
}: Pick<Props, 'conflict' | 'before'> & { readonly field: Field; readonly choice: Choice | null }) {
  const { field, base, mine, theirs } = shown;
  const earlier = before?.groups.flatMap(({ fields }) => fields).find((one) => one.field === field);
  const chosen = (side: Choice): boolean | undefined => (choice === null ? undefined : choice === side);
  return (
    <>
      <th scope="row">{fieldLabel(conflict.type, field)}</th>
      <td className="base">
        <Value field={field} value={base} />
      </td>
      <td data-chosen={chosen('mine')} data-differs={isSame(base, mine) ? undefined : true}>
        {conflict.kind === 'changed-there' ? (
          <em>{conflictsText.deletedHere}</em>
        ) : (
          <Value field={field} value={mine} />
        )}
      </td>
      <td data-chosen={chosen('theirs')} data-differs={isSame(base, theirs) ? undefined : true}>
        {conflict.kind === 'gone-there' ? (
          <em>{conflictsText.deletedThere}</em>
        ) : (
          <Value field={field} value={theirs} />
        )}{' '}
        {earlier && !isSame(earlier.theirs, theirs) && <Pill tone="warning">{conflictsText.moved}</Pill>}
      </td>
    </>
  );
}

function Value({ field, value }: { readonly field: string; readonly value: Field['base'] }): ReactNode {
  return <ValueText value={value} textOf={(text) => valueText(field, text)} emptyText={outboxText.noValue} />;
}

type ChoicesProps = {
  readonly label: string;
  readonly choice: Choice | null;
  readonly canEdit: boolean;
  readonly onChoose: (choice: Choice) => void;
};

function Choices({ label, choice, canEdit, onChoose }: ChoicesProps) {
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={choice}
      aria-label={label}
      onChange={(_, next: Choice | null) => onChoose(next ?? choice ?? 'mine')}
      sx={{ '& .MuiToggleButton-root': { py: 0.25, px: 1, whiteSpace: 'nowrap', textTransform: 'none' } }}
    >
      <ToggleButton value="mine" aria-keyshortcuts="M" title={`${conflictsText.mineHint} (M)`}>
        {conflictsText.mine}
      </ToggleButton>
      <ToggleButton value="theirs" aria-keyshortcuts="T" title={`${conflictsText.theirsHint} (T)`}>
        {conflictsText.theirsShort}
      </ToggleButton>
      {canEdit && (
        <ToggleButton value="edit" aria-keyshortcuts="E" title={`${conflictsText.editHint} (E)`}>
          {conflictsText.edit}
        </ToggleButton>
      )}
    </ToggleButtonGroup>
  );
}

function Editors({
  conflict,
  question,
  country,
  choices,
  problem,
  decision,
  onType,
}: Props & { readonly decision: GroupDecision }) {
  return (
    <tr>
      <td colSpan={5}>
        <Box
          sx={{
            display: 'grid',
            gap: '10px 12px',
            gridTemplateColumns: question.fields.length > 1 ? 'repeat(2, minmax(0, 1fr))' : 'minmax(0, 420px)',
            py: 0.5,
          }}
        >
          {question.fields.map(({ field }) => (
            <FieldEditor
              key={field}
              type={conflict.type}
              field={field}
              value={decision.values[field] ?? ''}
              country={country}
              choices={choices}
              problem={problem?.field === field ? problem.sentence : ''}
              onChange={(value) => onType(question.group, field, value)}
            />
          ))}
        </Box>
      </td>
    </tr>
  );
}
