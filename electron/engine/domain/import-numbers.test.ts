import { describe, expect, it } from 'vitest';
import { numberFacts, readExtension, readPhone } from './import-numbers.ts';
import type { ReadNumber } from './import-numbers.ts';

type Case = readonly [text: string, read: string, code: ReadNumber['code'], suggestion?: string];

const PHONES: readonly Case[] = [
  ['+442079460123', '+442079460123', null],
  ['+44 (0)20 7946-0123', '+442079460123', 'number-tidied'],
  ['0044 20 7946 0123', '+442079460123', 'number-tidied'],
  ['tel:+442079460123', '+442079460123', 'number-tidied'],
  ['442079460123', '442079460123', 'plus-lost', '+442079460123'],
  ['44 20 7946 0123', '44 20 7946 0123', 'plus-lost', '+442079460123'],
  ['442079460123.0', '442079460123.0', 'plus-lost', '+442079460123'],
  ['4.42079460123E+11', '442079460123', 'plus-lost', '+442079460123'],
  ['4.42E+11', '4.42E+11', 'digits-lost'],
  ['4,42079E+11', '4,42079E+11', 'digits-lost'],
  ['020 7946 0123', '020 7946 0123', null],
  ['2025550123', '2025550123', null],
  ['01. Feb', '01. Feb', 'date-read'],
  ['2026-02-01', '2026-02-01', 'date-read'],
  ['none', 'none', null],
];

const EXTENSIONS: readonly Case[] = [
  ['4711', '4711', null],
  ['*99#', '*99#', null],
  ['4711.0', '4711', 'number-tidied'],
  ['1,234', '1234', 'number-tidied'],
  ['ext. 4711', '4711', 'number-tidied'],
  ['x4711', '4711', 'number-tidied'],
  ['4.711E+03', '4711', 'exponent-expanded'],
  ['1E+03', '1E+03', 'digits-lost', '1000'],
  ['01. Feb', '01. Feb', 'date-read'],
  ['1-Feb', '1-Feb', 'date-read'],
  ['Feb-01', 'Feb-01', 'date-read'],
  ['1. Mrz 24', '1. Mrz 24', 'date-read'],
  ['12-août', '12-août', 'date-read'],
  ['01/02/2024', '01/02/2024', 'date-read'],
  ['1912-11-23', '1912-11-23', 'date-read', '4711'],
  ['1900-01-10', '1900-01-10', 'date-read', '10'],
];

describe('damaged numbers', () => {
  it.each(PHONES)('IMP-3: reads the mobile number %j', (text, read, code, suggestion) => {
    expect(readPhone(text, null)).toEqual({ text: read, code, suggestion: suggestion ?? '' });
  });

  it.each(EXTENSIONS)('IMP-3: reads the extension %j', (text, read, code, suggestion) => {
    expect(readExtension(text, null)).toEqual({ text: read, code, suggestion: suggestion ?? '' });
  });

  it('IMP-3: a short number has lost its plus where the others of the column have the same beginning', () => {
    const facts = numberFacts(['+35312345678', '+353 12345679', '12']);
    expect(readPhone('3531234567', facts).suggestion).toBe('+3531234567');
    expect(readPhone('4791234567', facts).code).toBeNull();
  });

  it('IMP-3: extensions shorter than the others of the list have lost zeros', () => {
    const facts = numberFacts(['0471', '0472', '4713', '99', 'x', '']);
    expect(readExtension('99', facts)).toEqual({ text: '99', code: 'zeros-lost', suggestion: '0099' });
    expect(readExtension('4713', facts).code).toBeNull();
    expect(readExtension('47130', facts).code).toBeNull();
  });

  it.each([
    ['as many short ones as long ones', ['471', '4712', '472', '4713']],
    ['one length only', ['4711', '4712', '4713']],
    ['too few to tell', ['0471', '47']],
  ])('IMP-3: says nothing about zeros in a list with %s', (_name, texts) => {
    expect(numberFacts(texts).length).toBe(0);
  });
});
