import { expect, it } from 'vitest';
import { repairMojibake } from './import-mojibake.ts';

const READ_WRONGLY = (text: string): string => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

it.each([
  'Zoë',
  'Müller-Lüdenscheidt',
  'Łukasz Dąbrowski',
  'Иван Щукин',
  '田中 太郎',
  'O’Neil – “Bo”',
  '😀',
  'à',
  'Ñandú',
])('IMP-3: repairs the letters of %s, read wrongly once or twice', (name) => {
  expect(repairMojibake(READ_WRONGLY(name))).toBe(name);
  expect(repairMojibake(READ_WRONGLY(READ_WRONGLY(name)))).toBe(name);
});

it.each(['Zoë', 'Ångström', 'Â', 'ÃO', 'São João', 'Ça', 'été', 'Ann', '', 'Ã«Zoë', '田Ã«', '5 €', 'Žižek'])(
  'IMP-3: leaves %j as it is',
  (name) => {
    expect(repairMojibake(name)).toBe(name);
  },
);
