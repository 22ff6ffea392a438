/** Puts the focus on the choice of the first question that is still open; a stable ref of what begins with it. */
export function focusQuestion(root: ParentNode | null): void {
  const groups = [...(root?.querySelectorAll('[data-group]') ?? [])];
  const open = groups.find((group) => !group.querySelector('[aria-pressed=true]')) ?? groups[0];
  (open?.querySelector<HTMLElement>('[aria-pressed=true]') ?? open?.querySelector<HTMLElement>('button'))?.focus();
}

/** Puts the focus into the first field of a group that can be typed into; of a phone number into the number. */
export function focusEditor(group: Element): void {
  const first = group.querySelector<HTMLElement>('input:not([aria-hidden=true]), [role=combobox]');
  (group.querySelector<HTMLElement>('input[inputmode=tel]') ?? first)?.focus();
}

/** The question that has the focus, while nothing is being typed. */
export function focusedGroup(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement ? target.closest<HTMLElement>('[data-group]') : null;
}
