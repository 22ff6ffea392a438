import { useEffect, useEffectEvent, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { focusedGroup, focusEditor } from './focus-question.ts';
import type { Choice } from './decision.ts';

type Keys = {
  readonly detail: RefObject<HTMLElement | null>;
  readonly onMove: (by: 1 | -1) => void;
  readonly onChoose: (group: string, choice: Choice) => void;
  readonly onDecide: () => void;
};

const CHOICES: Readonly<Record<string, Choice>> = { m: 'mine', t: 'theirs', e: 'edit' };

/** J and K between conflicts, M, T and E on the question that has the focus, the arrows between questions, Ctrl+Enter decides. */
export function useConflictKeys({ detail, onMove, onChoose, onDecide }: Keys): void {
  const choose = (group: HTMLElement, choice: Choice): void => {
    const button = group.querySelector<HTMLElement>(`button[value="${choice}"]`);
    if (!button) return;
    // The fields must be there before one of them can get the focus.
    flushSync(() => onChoose(group.dataset['group'] ?? '', choice));
    if (choice === 'edit') focusEditor(group);
    else button.focus();
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || isElsewhere(event.target)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onDecide();
      return;
    }
    const group = focusedGroup(event.target);
    if (event.key === 'Escape' && group && isTyping(event.target)) {
      event.preventDefault();
      group.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const choice = CHOICES[key];
    if (key === 'j' || key === 'k') onMove(key === 'j' ? 1 : -1);
    else if (group && choice) choose(group, choice);
    else if (group && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      focusNeighbour(detail.current, group, event.key === 'ArrowDown' ? 1 : -1);
    } else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function focusNeighbour(root: HTMLElement | null, group: HTMLElement, by: 1 | -1): void {
  const groups = [...(root?.querySelectorAll<HTMLElement>('[data-group]') ?? [])];
  const next = groups[groups.indexOf(group) + by];
  (next?.querySelector<HTMLElement>('[aria-pressed=true]') ?? next?.querySelector<HTMLElement>('button'))?.focus();
}

/** In a dialog, a popover or an open list the keys have another meaning. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    (target.closest('[role=dialog], [role=menu], [role=presentation] [role=listbox]') !== null ||
      target.getAttribute('aria-expanded') === 'true')
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [role=combobox]') !== null;
}
