import { join } from 'node:path';
import { must } from '../../shared/lib/must.ts';
import { startPaperCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild } from './engine-child.ts';
import { figure, type Figure } from './figures.ts';
import { writeImportFile } from './import-files.ts';
import { BATCH, CONNECTIONS, perSecond, ROWS, RTT_MS, sendBatches } from './network-figures.ts';
import { syncedAccounts, until } from './waiting.ts';

const KNOWN_USERS = 1000;

/** From the press of Upload on a preview of 100,000 rows until the cloud has answered the last of them (IMP-5). */
export async function applyFigures(folder: string, built: BuiltEngine): Promise<readonly Figure[]> {
  const cloud = await startPaperCloud(1, KNOWN_USERS, RTT_MS);
  const engine = await startEngineChild(join(folder, 'apply'), cloud.url, built);
  try {
    const { client } = engine;
    const [accountId] = await syncedAccounts(engine, 1);
    const file = await writeImportFile(folder, { rows: ROWS, columns: 12, kind: 'csv' });
    const opened = await client.imports.open({
      accountId: must(accountId, 'the account is here'),
      file: file.path,
    });
    const { id } = must(opened.ok ? opened.value : undefined, 'the list was read');
    const started = performance.now();
    const uploaded = await client.imports.upload({ id });
    if (!uploaded.ok || uploaded.value.queuedCount !== ROWS) throw new Error('not every row was queued');
    const queued = performance.now() - started;
    await until(async () => (await client.sync.status({ accountId: null })).waitingCount === 0);
    const applied = perSecond(performance.now() - started);
    const batches = await sendBatches(cloud.url);
    const rows = ROWS.toLocaleString('en');
    const floor = {
      unit: 'rows/s',
      floorName: `the same batches of ${BATCH} over ${CONNECTIONS} connections`,
      floorSamples: [batches],
    } as const;
    return [
      figure({ ...floor, name: `Upload of ${rows} rows until all are in the queue`, samples: [perSecond(queued)] }),
      figure({
        ...{ ...floor, name: `Upload of ${rows} rows until the cloud has them, round trip ${RTT_MS} ms` },
        samples: [applied],
      }),
    ];
  } finally {
    await engine.stop();
    await cloud.stop();
  }
}
