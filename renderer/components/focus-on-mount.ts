/** A ref for what should have the focus when it appears: the safe button of a dialog, the field that was just asked for. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}
