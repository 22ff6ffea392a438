import { expect, it } from 'vitest';
import { callingCodes, splitNumber, storedNumber, typedNumber } from './phone-number.ts';

// 07700 900xxx is the range that Ofcom keeps for drama.
it('USR-2: a national number is stored as E.164', () => {
  expect(storedNumber({ country: 'GB', national: '07700 900123' })).toBe('+447700900123');
});

it('USR-2: a number typed with its country code moves the country', () => {
  expect(typedNumber('+44 7700 900123', 'US')).toEqual({ country: 'GB', national: '07700 900123' });
});

it('USR-2: a stored number is shown nationally with its country', () => {
  expect(splitNumber('+447700900123', 'US')).toEqual({ country: 'GB', national: '07700 900123' });
});

it('USR-2: what is no number is kept as typed, for the rules to refuse', () => {
  expect([storedNumber({ country: 'GB', national: 'n/a' }), splitNumber('n/a', 'GB')]).toEqual([
    'n/a',
    { country: 'GB', national: 'n/a' },
  ]);
});

it('USR-2: an account without a known country starts somewhere that exists', () => {
  expect(splitNumber('', 'XX')).toEqual({ country: 'US', national: '' });
});

it('USR-2: emptying the field stores nothing', () => {
  expect(storedNumber(typedNumber('', 'DE'))).toBe('');
});

it('USR-2: every country has a calling code', () => {
  expect(callingCodes().filter(({ code }) => !/^\+\d{1,3}$/u.test(code))).toEqual([]);
});
