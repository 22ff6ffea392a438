import { expect, test } from 'vitest';
import { fromLocalInput, toLocalInput } from './local-input.ts';

test('OFF-4: a time goes into the field and comes back with its whole second', () => {
  expect(fromLocalInput(toLocalInput('2026-11-20T09:40:12.500Z'))).toBe('2026-11-20T09:40:12.999Z');
  expect(fromLocalInput('')).toBeNull();
});
