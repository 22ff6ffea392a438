import { expect, test } from 'vitest';
import { isPermitted, permissionsOf } from './permission.ts';

test('DEL-1: view is the prerequisite of every other cell', () => {
  expect(isPermitted(new Set(['users.add']), 'users.add')).toBe(false);
  expect(isPermitted(new Set(['users.add', 'users.view']), 'users.add')).toBe(true);
  expect(isPermitted(new Set(['users.view']), 'users.add')).toBe(false);
});

test('DEL-1: a partner may add accounts, an administrator may not, a user may nothing', () => {
  expect(permissionsOf('PARTNER')).toContain('accounts.add');
  expect(permissionsOf('ACCOUNT_ADMIN')).not.toContain('accounts.add');
  expect(permissionsOf('USER')).toEqual([]);
});
