import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import type { ImportField } from '../../../shared/model/import-row.ts';
import { columnMeanings, isPortalSheet, NOTHING_KNOWN } from './column-meanings.ts';
import type { HeadingRule, KnownHeadings, LearnedHeading } from './column-meanings.ts';
import { headingKey } from './match-headings.ts';

const AT = '2026-11-20T10:00:00.000Z';
const learned = (fields: Readonly<Record<string, ImportField | null>>): KnownHeadings => ({
  rules: [],
  learned: new Map(
    Object.entries(fields).map(([heading, field]) => [
      headingKey(heading),
      { field, usedAt: AT } satisfies LearnedHeading,
    ]),
  ),
});
const ruled = (...rules: readonly (readonly [string, ImportField | null])[]): KnownHeadings => ({
  ...NOTHING_KNOWN,
  rules: rules.map(([heading, field]): HeadingRule => ({ key: headingKey(heading), field, origin: 'recipe' })),
});
const told = (cells: readonly string[], known: KnownHeadings): readonly string[] =>
  columnMeanings(cells, [], known).map(
    ({ field, origin, passedOver }) =>
      `${field ?? '-'} ${origin}${passedOver ? ` ${passedOver.field} ${passedOver.reason}` : ''}`,
  );

describe('meanings of columns', () => {
  it('IMP-13: what was learned goes before the words of a heading, and takes its field from them', () => {
    expect(told(['Mail', 'Login', 'Handy'], learned({ Login: 'email', handy: null }))).toEqual([
      ...['- recognised', 'email learned', '- learned'],
    ]);
  });

  it('IMP-13: the later choice wins over the earlier one, of equals the leftmost', () => {
    const two = learned({ One: 'name', Two: 'name' });
    expect(told(['One', 'Two'], two)).toEqual(['name learned', '- learned name taken']);
    const later = new Map([...two.learned, ['two', { field: 'name', usedAt: '2026-11-21T10:00:00.000Z' } as const]]);
    expect(told(['One', 'Two'], { ...two, learned: later })).toEqual(['- learned name taken', 'name learned']);
  });

  it('IMP-13: a recipe goes before what was learned; its first heading of two for one field counts', () => {
    const known = { ...learned({ cn: 'lastName' }), rules: ruled(['displayName', 'name'], ['cn', 'name']).rules };
    expect(told(['cn', 'displayName'], known)).toEqual(['- recipe name taken', 'name recipe']);
    expect(told(['cn'], known)).toEqual(['name recipe']);
  });

  it("IMP-13: only the portal's own sheet is safe from what was learned", () => {
    const known = learned({ Name: 'lastName', Role: null, Badge: 'extension' });
    expect(told(['NAME', 'EMAIL', 'ROLE', 'Badge'], known)).toEqual([
      ...['name recognised', 'email recognised', 'role recognised', 'extension learned'],
    ]);
    expect(told(['Name', 'Email', 'Role'], known)).toEqual(['lastName learned', 'email recognised', '- learned']);
    expect([isPortalSheet(['FIRST NAME', 'EMAIL']), isPortalSheet(['First Name', 'EMAIL'])]).toEqual([true, false]);
  });

  it('IMP-13: whatever is known, no field stands twice and every column has its answer', () => {
    const heading = fc.constantFrom('Name', 'NAME', 'EMAIL', 'Mail', 'Login', 'Vorname', 'sn', 'cn', 'Handy', '');
    const field = fc.constantFrom<ImportField | null>(...IMPORT_FIELDS, null);
    const pairs = fc.array(fc.tuple(heading, field), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(heading, { maxLength: 8 }), pairs, pairs, (cells, rules, known) => {
        const { learned: map } = learned(Object.fromEntries(known));
        const meanings = columnMeanings(cells, [], { rules: ruled(...rules).rules, learned: map });
        const fields = meanings.flatMap((meaning) => meaning.field ?? []);
        expect(new Set(fields).size).toBe(fields.length);
        expect(meanings).toHaveLength(cells.length);
      }),
    );
  });
});
