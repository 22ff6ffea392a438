import { expect, it } from 'vitest';
import { pagesAround, rowAt } from './page-plan.ts';

it.each([
  ['the top of a long list', { first: 0, last: 30 }, 100_000, [0, 1]],
  ['the middle', { first: 49_990, last: 50_020 }, 100_000, [498, 499, 500, 501]],
  ['the very end', { first: 99_970, last: 99_999 }, 100_000, [998, 999]],
  ['a list that became shorter than the window', { first: 5_000, last: 5_030 }, 120, [1]],
  ['an empty list', { first: 0, last: 0 }, 0, [0]],
])('USR-1: asks for the pages around %s only', (_, range, total, expected) => {
  expect(pagesAround(range, 100, total)).toEqual(expected);
});

it('USR-1: asks for the first page only until the length is known', () => {
  expect(pagesAround({ first: 900, last: 930 }, 100, null)).toEqual([0]);
});

it('USR-1: finds a row by its position and nothing where the page is missing', () => {
  const pages = new Map([[2, ['c0', 'c1']]]);
  expect([rowAt(pages, 100, 201), rowAt(pages, 100, 150), rowAt(pages, 100, 205)]).toEqual([
    'c1',
    undefined,
    undefined,
  ]);
});
