import { describe, expect, it } from 'vitest';
import { ageText, asOfText, durationText, freshness, waitText } from './times.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-03-04T10:54:30Z');
const ago = (ms: number): string => new Date(NOW - ms).toISOString();

describe('SHL-9', () => {
  it.each([
    [59_999, 'just now'],
    [MINUTE, '1 min ago'],
    [12.9 * MINUTE, '12 min ago'],
    [119 * MINUTE, '1 h ago'],
    [25 * 60 * MINUTE, '1 day ago'],
    [72 * 60 * MINUTE, '3 days ago'],
  ])('SHL-9: an age of %d ms never reads younger than it is: %s', (ageMs, text) => {
    expect(ageText(ageMs)).toBe(text);
  });

  it('SHL-9: data that was never loaded says so', () => {
    expect([asOfText(null, NOW), freshness(null, NOW)]).toEqual(['never loaded', 'never']);
  });

  it('SHL-9: data of another day carries its date', () => {
    expect(asOfText(ago(49 * 60 * MINUTE), NOW)).toMatch(/2026.*, 2 days ago$/u);
  });

  it('SHL-9: a clock that is ahead of the engine does not make a negative age', () => {
    expect(asOfText(ago(-MINUTE), NOW)).toMatch(/just now$/u);
  });

  it.each([
    [14 * MINUTE, 'fresh'],
    [15 * MINUTE, 'ageing'],
    [24 * 60 * MINUTE, 'stale'],
  ])('SHL-9: after %d ms data counts as %s', (ageMs, expected) => {
    expect(freshness(ago(ageMs), NOW)).toBe(expected);
  });
});

describe('SHL-5', () => {
  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [150, '3 min'],
    [3_900, '1 h 5 min'],
  ])('SHL-5: %d seconds left reads %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it('SHL-5: the next attempt counts down and ends at now', () => {
    expect([waitText(ago(-40_000), NOW), waitText(ago(-90_000), NOW), waitText(ago(5_000), NOW)]).toEqual([
      'in 40 s',
      'in 2 min',
      'now',
    ]);
  });
});
