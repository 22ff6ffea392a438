import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDesk } from './desk-harness.ts';
import type { DeskHarness } from './desk-harness.ts';

const people = (count: number): string =>
  `NAME,EMAIL\n${Array.from({ length: count }, (_, row) => `Name ${row},user${row}@customer.example\n`).join('')}`;

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => {
  harness.close();
});

describe('large previews', () => {
  it('IMP-4: reads, pages, replaces and undoes 100,000 rows as one step', async () => {
    const { desk } = harness;
    const id = await harness.open(people(100_000));
    expect(await desk.get(id)).toMatchObject({ rowCount: 100_000, errorCount: 0 });
    const emailAt = async (offset: number): Promise<string | undefined> =>
      (await desk.rows({ id, filter: 'all', offset, limit: 1 })).rows[0]?.values.email;
    expect(await emailAt(99_999)).toBe('user99999@customer.example');
    expect(await desk.replace({ id, filter: 'all', field: 'email', find: '@customer', replacement: '@other' })).toEqual(
      {
        ok: true,
        value: { changedCount: 100_000 },
      },
    );
    expect(await emailAt(70_000)).toBe('user70000@other.example');
    expect(await desk.undo(id, 'undo')).toEqual({ ok: true, value: { rowCount: 100_000, errorCount: 0 } });
    expect(await emailAt(70_000)).toBe('user70000@customer.example');
    expect(await desk.get(id)).toMatchObject({ canUndo: false, canRedo: true });
  });

  it('IMP-2: refuses one row more than an import takes, and names the number', async () => {
    await expect(harness.open(people(100_001))).rejects.toThrow('import.too-many-rows');
  });

  it('IMP-14: takes a change back that was half done when the program stopped', async () => {
    const id = await harness.open(people(5000));
    const { sql } = harness.repositories.journal;
    const open = sql.prepare<[], { count: number }>("SELECT count(*) AS count FROM import_steps WHERE state = 'open'");
    const broken = harness.desk
      .replace({ id, filter: 'all', field: 'email', find: '@customer', replacement: '@other' })
      .catch((error: unknown) => error);
    while (open.get()?.count !== 1) await new Promise((resolve) => setImmediate(resolve));
    harness = harness.restart();
    expect(await broken).toBeInstanceOf(Error);
    expect(await harness.desk.get(id)).toMatchObject({ rowCount: 5000, canUndo: false, canRedo: false });
    const { rows } = await harness.desk.rows({ id, filter: 'all', offset: 0, limit: 200 });
    expect(rows.every((row) => row.values.email.endsWith('@customer.example'))).toBe(true);
    expect(await harness.desk.rows({ id, filter: 'changed', offset: 0, limit: 1 })).toEqual({ rows: [], total: 0 });
  });

  it('IMP-4: does changes that come together one after the other, and refuses them while rows are uploaded', async () => {
    const { desk } = harness;
    const id = await harness.open(people(3000));
    const edits = await Promise.all(
      Array.from({ length: 20 }, (_, row) =>
        desk.editCell({ id, rowId: row + 1, field: 'role', value: 'Account Admin' }),
      ),
    );
    expect(edits.every((edit) => edit.ok)).toBe(true);
    const upload = desk.upload(id);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await desk.addRow(id)).toMatchObject({ ok: false, refusal: { code: 'import.busy' } });
    expect(await upload).toMatchObject({ ok: true, value: { queuedCount: 3000, leftCount: 0 } });
  });
});
