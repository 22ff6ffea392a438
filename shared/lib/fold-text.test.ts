import { expect, test } from 'vitest';
import { foldText } from './fold-text.ts';

test('ACC-1: names fold to what a person types who does not know their accents', () => {
  expect(foldText('  Hôtel   Zür\u00A0ALTEN Mühle ')).toBe('hotel zur alten muhle');
  expect(foldText('e\u0301')).toBe(foldText('é'));
  expect(foldText('ﬁve')).toBe('five');
  expect(foldText('')).toBe('');
});
