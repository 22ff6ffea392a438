import type { Change, NestedChange } from './outbox-entry.ts';

/** The changes in the order of the queue, with those that wait for another right below it. */
export function nestedChanges(changes: readonly Change[]): readonly NestedChange[] {
  const here = new Set(changes.map(({ id }) => id));
  const children = new Map<string, Change[]>();
  for (const change of changes) {
    const parent = change.waitsFor?.id;
    if (parent !== undefined && parent !== change.id && here.has(parent)) {
      children.set(parent, [...(children.get(parent) ?? []), change]);
    }
  }
  const nested = new Set([...children.values()].flat().map(({ id }) => id));
  const placed: NestedChange[] = [];
  const place = (change: Change, depth: number): void => {
    placed.push({ ...change, depth });
    for (const child of children.get(change.id) ?? []) place(child, depth + 1);
  };
  for (const change of changes) if (!nested.has(change.id)) place(change, 0);
  return placed;
}
