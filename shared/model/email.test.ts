import { expect, test } from 'vitest';
import { emailKey, isEmail } from './email.ts';

test.each(['a@b.example', "o'neil+tag@sub.domain.example", 'ÄÖ@b.example', `${'a'.repeat(64)}@b.example`])(
  'USR-2: %s is an address',
  (text) => {
    expect(isEmail(text)).toBe(true);
  },
);

test.each([
  '',
  'a',
  'a@b',
  '@b.example',
  'a@',
  'a b@c.example',
  'a@b..example',
  '.a@b.example',
  'a.@b.example',
  'a..b@c.example',
  'a@-b.example',
  'a@b.example,c@d.example',
  '<a@b.example>',
  `${'a'.repeat(65)}@b.example`,
  `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.example.toolong`,
])('USR-2: %j is no address', (text) => {
  expect(isEmail(text)).toBe(false);
});

test('USR-2: two addresses are the same without regard to case and surrounding blanks', () => {
  expect(emailKey(' A@B.Example ')).toBe(emailKey('a@b.example'));
});
