import { expect, it } from 'vitest';
import { emptyDraft, fieldEdited, hasMoved, isDirty, seenValues, type EditDraft } from './edit-draft.ts';

type Fields = { readonly name: string; readonly contacts: readonly string[] };
const none: EditDraft<Fields> = emptyDraft;

it('ACC-3: remembers the value that was seen before the first keystroke, not the latest one', () => {
  const once = fieldEdited(none, 'name', { next: 'Harbor', shown: 'Harbour' });
  // The record changed in the cloud meanwhile: the screen now shows another value below the edit.
  const twice = fieldEdited(once, 'name', { next: 'Harbor Ltd', shown: 'Haven' });
  expect(twice).toEqual({ changes: { name: 'Harbor Ltd' }, seen: { name: 'Harbour' } });
});

it('ACC-3: a field that is typed back to its old value is not a change', () => {
  const typed = fieldEdited(none, 'contacts', { next: ['a@example.com'], shown: [] });
  const back = fieldEdited(typed, 'contacts', { next: [], shown: [] });
  expect([isDirty(typed), isDirty(back), back]).toEqual([true, false, { changes: {}, seen: {} }]);
});

it('ACC-3: what was seen stays the base of the merge until the person has been told that it is old', () => {
  const draft = fieldEdited(none, 'name', { next: 'Harbor', shown: 'Harbour' });
  const record: Fields = { name: 'Haven', contacts: [] };
  expect([hasMoved(draft, record, 'name'), hasMoved(draft, record, 'contacts')]).toEqual([true, false]);
  expect([seenValues(draft, record, false), seenValues(draft, record, true)]).toEqual([
    { name: 'Harbour' },
    { name: 'Haven' },
  ]);
});
