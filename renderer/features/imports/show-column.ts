/** Scrolls sideways until the column is in sight. Up and down is the virtualizer's: a row may not be there yet, a heading is. */
export function showColumn(grid: HTMLElement | null, column: number): void {
  const heading = grid?.querySelectorAll<HTMLElement>('[role="columnheader"]')[column];
  if (!grid || !heading) return;
  const start = heading.offsetLeft;
  const end = start + heading.offsetWidth;
  if (start < grid.scrollLeft) grid.scrollLeft = start;
  else if (end > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = end - grid.clientWidth;
}
