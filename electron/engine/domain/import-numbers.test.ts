import { describe, expect, it } from 'vitest';
import { numberFacts, readExtension, readPhone } from './import-numbers.ts';
import type { ReadNumber } from './import-numbers.ts';

type Case = {
  readonly text: string;
  readonly read: string;
  readonly code: ReadNumber['code'];
  readonly suggestion: string;
};
const aCase = (text: string, read: string, code: ReadNumber['code'], suggestion = ''): Case => ({
  ...{ text, read, code, suggestion },
});

const PHONES: readonly Case[] = [
  aCase('+442079460123', '+442079460123', null),
  aCase('+44 (0)20 7946-0123', '+442079460123', 'number-tidied'),
  aCase('0044 20 7946 0123', '+442079460123', 'number-tidied'),
  aCase('tel:+442079460123', '+442079460123', 'number-tidied'),
  aCase('442079460123', '442079460123', 'plus-lost', '+442079460123'),
  aCase('44 20 7946 0123', '44 20 7946 0123', 'plus-lost', '+442079460123'),
  aCase('442079460123.0', '442079460123.0', 'plus-lost', '+442079460123'),
  aCase('4.42079460123E+11', '442079460123', 'plus-lost', '+442079460123'),
  aCase('4.42E+11', '4.42E+11', 'digits-lost'),
  aCase('4,42079E+11', '4,42079E+11', 'digits-lost'),
  aCase('020 7946 0123', '020 7946 0123', null),
  aCase('2025550123', '2025550123', null),
  aCase('01. Feb', '01. Feb', 'date-read'),
  aCase('2026-02-01', '2026-02-01', 'date-read'),
  aCase('none', 'none', null),
];

const EXTENSIONS: readonly Case[] = [
  aCase('4711', '4711', null),
  aCase('*99#', '*99#', null),
  aCase('4711.0', '4711', 'number-tidied'),
  aCase('1,234', '1234', 'number-tidied'),
  aCase('ext. 4711', '4711', 'number-tidied'),
  aCase('x4711', '4711', 'number-tidied'),
  aCase('4.711E+03', '4711', 'exponent-expanded'),
  aCase('1E+03', '1E+03', 'digits-lost', '1000'),
  aCase('01. Feb', '01. Feb', 'date-read'),
  aCase('1-Feb', '1-Feb', 'date-read'),
  aCase('Feb-01', 'Feb-01', 'date-read'),
  aCase('1. Mrz 24', '1. Mrz 24', 'date-read'),
  aCase('12-août', '12-août', 'date-read'),
  aCase('01/02/2024', '01/02/2024', 'date-read'),
  aCase('1912-11-23', '1912-11-23', 'date-read', '4711'),
  aCase('1900-01-10', '1900-01-10', 'date-read', '10'),
];

describe('damaged numbers', () => {
  it.each(PHONES)('IMP-3: reads the mobile number $text', ({ text, read, code, suggestion }) => {
    expect(readPhone(text, null)).toEqual({ text: read, code, suggestion });
  });

  it.each(EXTENSIONS)('IMP-3: reads the extension $text', ({ text, read, code, suggestion }) => {
    expect(readExtension(text, null)).toEqual({ text: read, code, suggestion });
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
