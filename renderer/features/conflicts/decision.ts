import type { Conflict, GroupChoice } from '../../../shared/contract/conflicts.ts';
import type { Decisions, GroupDecision } from '../../state/conflict-drafts.ts';

export type Choice = GroupDecision['choice'];

type Group = Conflict['groups'][number];
/** One thing to decide: fields that belong together, or the whole record. */
export type Question = { readonly group: string; readonly fields: Group['fields']; readonly canEdit: boolean };

const RECORD = 'record';

/** A record that one side deleted is decided as a whole: half of it cannot be there. */
export function isWhole({ kind }: Pick<Conflict, 'kind'>): boolean {
  return kind === 'gone-there' || kind === 'changed-there';
}

/** What the person is asked. When the other side took its change back, what was changed here is asked for all the same. */
export function questions(conflict: Conflict): readonly Question[] {
  if (isWhole(conflict)) {
    return [{ group: RECORD, fields: conflict.groups.flatMap(({ fields }) => fields), canEdit: false }];
  }
  const disputed = conflict.groups.filter(({ isDisputed }) => isDisputed);
  const asked = disputed.length > 0 ? disputed : conflict.groups.filter(isMine);
  return asked.map(({ group, fields }) => ({ group, fields, canEdit: true }));
}

export type Companion = { readonly group: Group; readonly what: 'goes-along' | 'stays' | 'same' };

/** The groups nobody asks about, and what becomes of them. */
export function companions(conflict: Conflict): readonly Companion[] {
  const asked = new Set(questions(conflict).map(({ group }) => group));
  if (isWhole(conflict)) return [];
  return conflict.groups
    .filter(({ group }) => !asked.has(group))
    .map((group) => ({ group, what: isMine(group) ? (isSameThere(group) ? 'same' : 'goes-along') : 'stays' }));
}

/** Nobody chose this before: the other side took its change back while the question stood. */
export function wasTakenBack(conflict: Conflict): boolean {
  if (conflict.kind === 'gone-there') return false;
  return conflict.groups.every(({ isDisputed }) => !isDisputed);
}

export function isDecided(conflict: Conflict, decisions: Decisions): boolean {
  return questions(conflict).every(({ group }) => group in decisions);
}

/** The first thing that is still open; the first of all when nothing is. */
export function firstOpen(conflict: Conflict, decisions: Decisions): string {
  const asked = questions(conflict);
  return (asked.find(({ group }) => !(group in decisions)) ?? asked[0])?.group ?? RECORD;
}

/** What the editor begins with: the person's own values. */
export function ownValues({ fields }: Pick<Question, 'fields'>): GroupDecision['values'] {
  return Object.fromEntries(fields.map(({ field, base, mine }) => [field, mine ?? base ?? '']));
}

/** The decisions as the engine takes them. Typed values that are the cloud's already are no change. */
export function toChoices(conflict: Conflict, decisions: Decisions): GroupChoice[] {
  const asked = questions(conflict);
  if (isWhole(conflict)) return sameForAll(conflict, decisions[RECORD]?.choice === 'theirs' ? 'theirs' : 'mine');
  return asked.flatMap(({ group, fields }): GroupChoice[] => {
    const decision = decisions[group];
    if (!decision) return [];
    if (decision.choice !== 'edit') return [{ group, choice: decision.choice, values: {} }];
    const typed = fields.filter(({ field, theirs }) => !isSame(decision.values[field] ?? '', theirs ?? ''));
    if (typed.length === 0) return [{ group, choice: 'theirs', values: {} }];
    return [
      {
        group,
        choice: 'edit',
        values: Object.fromEntries(typed.map(({ field }) => [field, decision.values[field] ?? ''])),
      },
    ];
  });
}

/** The same answer to everything that is asked; what nobody disputes goes along. */
export function sameForAll(conflict: Conflict, choice: 'mine' | 'theirs'): GroupChoice[] {
  const groups = isWhole(conflict) ? conflict.groups : questions(conflict);
  const named = groups.map(({ group }) => ({ group, choice, values: {} }));
  // A deletion whose other side took its changes back has no field to name.
  return named.length > 0 ? named : [{ group: RECORD, choice, values: {} }];
}

export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function isMine({ fields }: Group): boolean {
  return fields.some(({ base, mine }) => !isSame(base, mine));
}

function isSameThere({ fields }: Group): boolean {
  return fields.every(({ mine, theirs }) => isSame(mine, theirs));
}
