import { planDocument } from '../../../shared/contract/import-documents.ts';
import type { ImportId } from '../../../shared/model/ids.ts';
import { must } from '../../../shared/lib/must.ts';
import type { ImportRow } from '../../../shared/model/import-row.ts';
import { missingLicenses } from '../../../shared/model/license.ts';
import { missingOf, type NeededSeats } from '../../../shared/model/user-group.ts';
import { EXIT } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { Refused, type Command } from './command.ts';
import { seatLines } from './import-groups.ts';
import { openFile } from './open-import.ts';
import { lacksSomething, recipeLine, usedRecipeOf } from './recipes.ts';

const PAGE = 200;
const SHOWN = ['change', 'conflict', 'skip', 'errors', 'unchanged'] as const;

/** What Upload would do with the file (IMP-6). Nothing is sent; with --out the plan is saved for `import apply`, here or elsewhere. */
export const planImport: Command = async (line, session, terminal) => {
  const { file, accountName, id, recipe } = await openFile(line, session, terminal);
  const header = must(await session.client.imports.get({ id }), 'it was just opened');
  const rows = await plannedRows(session, id);
  const out = line.options['out'];
  const savedAs = typeof out === 'string' ? out : null;
  if (savedAs !== null) {
    const saved = await session.client.imports.savePlan({ id, file: session.grant(savedAs) });
    if (!saved.ok) throw new Refused(saved.refusal);
  }
  const { seats } = await session.client.imports.seats({ id });
  await session.client.imports.cancel({ id });
  const counts = {
    create: header.createCount,
    change: header.changeCount,
    unchanged: header.unchangedCount,
    skip: header.skipCount,
    conflict: header.conflictCount,
    refused: header.errorCount - header.conflictCount,
  };
  const isClean = counts.refused + counts.conflict + missingOf(seats) === 0 && !lacksSomething(recipe);
  return {
    exit: isClean ? EXIT.done : EXIT.findings,
    document: {
      ...{ command: 'import plan', version: 1, file, accountName, existing: header.existing, counts, savedAs },
      recipe: usedRecipeOf(recipe),
      seats,
      rows: rows.map(({ rowId, sourceRow, values, action, changes, issues }) => ({
        ...{ row: rowId, sourceRow, email: values.email, action, changes, issues },
      })),
    },
    schema: planDocument,
    text: `${recipeLine(recipe)}${counts.create} new, ${counts.change} changed, ${counts.unchanged} unchanged, ${counts.skip} skipped, ${counts.conflict} conflicts, ${counts.refused} with errors.\n${seatText(seats)}${rows.map(lineOf).join('')}`,
  };
};

function seatText(seats: readonly NeededSeats[]): string {
  const missing = missingOf(seats);
  const isAsked = seats.some(({ needed }) => needed !== 0);
  return `${missing > 0 ? `${missingLicenses(missing)}.\n` : ''}${isAsked ? seatLines(seats) : ''}`;
}

async function plannedRows({ client }: ConsoleSession, id: ImportId): Promise<readonly ImportRow[]> {
  const found = new Map<number, ImportRow>();
  for (const filter of SHOWN) {
    for (let offset = 0; ; offset += PAGE) {
      const page = await client.imports.rows({ id, filter, offset, limit: PAGE });
      for (const row of page.rows) found.set(row.rowId, row);
      if (offset + PAGE >= page.total) break;
    }
  }
  return [...found.values()].toSorted((a, b) => a.rowId - b.rowId);
}

function lineOf({ rowId, sourceRow, values, action, changes, issues }: ImportRow): string {
  const what = changes.map(({ field, from, to }) => `${field}: ${from} → ${to}`).join(', ');
  const why = issues.map(({ code }) => code).join(', ');
  return `  row ${sourceRow ?? rowId}  ${action}  ${values.email}  ${[what, why].filter(Boolean).join('  ')}\n`;
}
