import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { importPlanFile, type ImportPlanFile } from '../../../shared/contract/import-plan-file.ts';
import type { ImportId } from '../../../shared/model/ids.ts';
import { IMPORT_FIELDS, type ImportValues } from '../../../shared/model/import-row.ts';
import type { StoredImport } from '../database/import-repository.ts';
import type { Planned } from '../domain/import-plan.ts';
import { SLICE_ROWS } from './draft-context.ts';
import type { DraftOf } from './draft-context.ts';
import { learnHeadings } from './learn-headings.ts';
import { createRowStager } from './stage-rows.ts';
import type { UploadContext } from './upload-draft.ts';

const LARGEST_BYTES = 128 * 1024 * 1024;

/** Writes the plan as it stands; the file is there as a whole or not at all. Null: it cannot be written. */
export async function savePlan(
  context: UploadContext,
  draft: StoredImport & DraftOf,
  path: string,
): Promise<number | null> {
  const { orders, rows, breathe, repositories, now } = context;
  const account = repositories.accounts.key(draft.accountLid);
  const plan: Omit<ImportPlanFile, 'rows'> & { rows: ImportPlanFile['rows'] } = {
    ...{ format: 'fieldlink-import-plan', version: 1, id: draft.id as ImportId, madeAt: now() },
    ...{ accountId: account?.sid ?? '', accountName: account?.name ?? '', fileName: draft.fileName },
    ...{ sha256: draft.sha256, existing: draft.existing, rows: [] },
  };
  const rowIds = (await orders.of(draft.staging)).rowIds('all').slice();
  for (let at = 0; at < rowIds.length; at += SLICE_ROWS) {
    for (const row of rows.many(draft.staging, rowIds.subarray(at, at + SLICE_ROWS))) {
      const { rowId, sourceRow, values, notes, existing, action, planned } = row;
      plan.rows.push({
        ...{ row: rowId, sourceRow, values, notes: [...notes], existing, action },
        planned: planned,
      });
    }
    await breathe();
  }
  const part = `${path}.part`;
  try {
    await writeFile(part, `${JSON.stringify(plan)}\n`, { mode: 0o600 });
    await rename(part, path);
    context.journal.write((tx) => learnHeadings(repositories, tx, { ...draft, at: now() }));
    return plan.rows.length;
  } catch {
    await rm(part, { force: true }).catch(() => undefined);
    return null;
  }
}

/** Null: not such a file, or one that a newer program wrote. `gone`: it cannot be read. */
export async function readPlan(path: string): Promise<ImportPlanFile | 'gone' | null> {
  try {
    if ((await stat(path)).size > LARGEST_BYTES) return null;
  } catch {
    return 'gone';
  }
  const text = await readFile(path, 'utf8');
  try {
    const parsed = importPlanFile.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A plan of an earlier release has only the first seven columns. */
function completed(values: ImportPlanFile['rows'][number]['values']): ImportValues {
  return Object.fromEntries(IMPORT_FIELDS.map((field) => [field, values[field] ?? ''])) as ImportValues;
}

/** Makes a preview of a plan. What moved since it was made is a conflict; what was planned otherwise shows what is true here. */
export async function openPlan(context: UploadContext, plan: ImportPlanFile, accountLid: string): Promise<void> {
  const { journal, imports, rows, actor, now } = context;
  const { id, fileName, existing } = plan;
  journal.write((tx) => {
    imports.create(tx, { id, actor: actor(), accountLid, fileName, path: '' }, now());
    imports.setExisting(tx, id, existing, now());
  });
  const staging = journal.write((tx) => rows.newStaging(tx, id));
  const stager = createRowStager(context, { staging, accountLid, existing }, 1);
  const sorted = plan.rows.toSorted((a, b) => a.row - b.row);
  await stager.add(
    sorted.map(({ sourceRow, values, notes, existing: own }) => {
      return { sourceRow, values: completed(values), notes, isChanged: false, existing: own };
    }),
    sorted.map(({ row, action, planned }) => ({
      rowId: row,
      before: action === 'change' ? (planned as Planned) : null,
    })),
  );
  const { counts, order, nextRow } = await stager.finish();
  journal.write((tx) =>
    imports.readingFinished(
      tx,
      id,
      {
        ...counts,
        staging,
        nextRow,
        sha256: plan.sha256,
        sizeBytes: 0,
        modifiedMs: 0,
        reading: null,
        columns: columnsOf(plan),
        chosen: {},
      },
      now(),
    ),
  );
  context.orders.keep(staging, order);
}

/** The grid shows a column for every field that a row has. */
function columnsOf({ rows }: ImportPlanFile): StoredImport['columns'] {
  const fields = (['mobile', 'extension'] as const).filter((field) => rows.some(({ values }) => values[field] !== ''));
  return fields.map((field, index) => ({
    ...{ index, heading: '', samples: [], field },
    origin: 'recognised',
    passedOver: null,
  }));
}
