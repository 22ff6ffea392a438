import type { Program } from './program.ts';
import type { RunRecord } from './record-of-run.ts';
import type { VirtualCloud } from './virtual-cloud.ts';

type Row = { readonly sid: string; readonly rev: number | null; readonly modifiedAt: string | null };

/** Between any two steps: no record on a screen becomes older (I13), and no mass of rows goes at one word (L15). */
export function createMirrorWatch(program: Program, cloud: VirtualCloud, run: RunRecord) {
  let seen = new Map<string, Row>();
  let writes = -1;
  let life = -1;

  function read(): Map<string, Row> | null {
    const engine = program.engine();
    if (!engine) return null;
    const rows = engine.repositories.cache.sql
      .prepare(
        'SELECT sid, rev, modified_at AS modifiedAt FROM users WHERE sid IS NOT NULL AND is_deleted = 0 UNION ALL SELECT sid, rev, modified_at FROM accounts WHERE sid IS NOT NULL AND is_deleted = 0',
      )
      .all() as Row[];
    return new Map(rows.map((row) => [row.sid, row]));
  }

  return {
    look(wasBlind: boolean): void {
      if (program.writes() === writes && program.life() === life) return;
      const now = read();
      if (!now) return;
      writes = program.writes();
      ({ life } = { life: program.life() });
      for (const [sid, row] of now) {
        const before = seen.get(sid);
        if (before && isOlder(row, before))
          run.fail(
            'I13',
            `c${program.index} shows an older ${sid}: ${JSON.stringify(row)} after ${JSON.stringify(before)}`,
          );
      }
      const lost = [...seen.keys()].filter((sid) => !now.has(sid) && cloud.state.records.has(sid));
      if (wasBlind && lost.length > 0)
        run.fail(
          'L15',
          `c${program.index} dropped ${lost.length} rows that the cloud has, after one listing without them`,
        );
      seen = now;
    },
  };
}

function isOlder(row: Row, before: Row): boolean {
  if (row.rev !== null && before.rev !== null) return row.rev < before.rev;
  return row.modifiedAt !== null && before.modifiedAt !== null && row.modifiedAt < before.modifiedAt;
}
