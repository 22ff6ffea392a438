import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileGrant, ImportId } from '../../shared/model/ids.ts';
import type { ImportRow } from '../../shared/model/import-row.ts';
import { aFolder, startEngine } from '../harness/start-engine.ts';
import type { EngineSetup, TestEngine } from '../harness/start-engine.ts';

export type ImportBench = {
  readonly engine: TestEngine;
  readonly files: Map<string, string>;
  readonly folder: string;
  /** Opens a csv of these lines in the harbour account. */
  open(lines: readonly string[], name?: string): Promise<ImportId>;
  rows(id: ImportId): Promise<readonly ImportRow[]>;
  /** A place for a report. */
  place(name: string): { readonly grant: FileGrant; readonly path: string };
};

/** A real engine, signed in and synchronized, with spreadsheets to open. */
export async function startImports(setup: EngineSetup = {}): Promise<ImportBench> {
  const files = new Map<string, string>();
  const folder = aFolder();
  const engine = await (await startEngine({ ...setup, files })).ready();
  const place = (name: string): { grant: FileGrant; path: string } => {
    const path = join(folder, name);
    const grant = `grant-${files.size + 1}` as FileGrant;
    files.set(grant, path);
    return { grant, path };
  };
  return {
    ...{ engine, files, folder, place },
    async open(lines, name = 'people.csv') {
      const { grant, path } = place(name);
      writeFileSync(path, `${lines.join('\n')}\n`);
      const opened = await engine.client.imports.open({ accountId: engine.account(), file: grant });
      if (!opened.ok) throw new Error(opened.refusal.code);
      return opened.value.id;
    },
    rows: async (id) => (await engine.client.imports.rows({ id, limit: 200 })).rows,
  };
}
