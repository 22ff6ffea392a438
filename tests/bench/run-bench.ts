import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, startCloud } from './bench-cloud.ts';
import { openBenchEngine } from './bench-engine.ts';
import { buildEngineProcess } from './build-engine-process.ts';
import { busyFigures } from './busy-figures.ts';
import { ingestFigures, queryFigures } from './data-figures.ts';
import { tableOf, type Figure } from './figures.ts';
import { importFigures } from './import-figures.ts';
import { millionFigures } from './million-figures.ts';
import { startFigures } from './start-figures.ts';

/** Measures everything once, prints the table and leaves test-results/bench.json. Arguments name parts: start, data, import, busy, million. */
const wanted = process.argv.slice(2);
const isWanted = (part: string): boolean => wanted.length === 0 || wanted.includes(part);
const folder = mkdtempSync(join(tmpdir(), 'fieldlink-bench-'));
const figures: Figure[] = [];

const cloud = await startCloud(join(folder, 'cloud'));
try {
  if (isWanted('start')) {
    say('starts');
    figures.push(...(await startFigures(folder, cloud)));
  }
  if (isWanted('million')) {
    say('a million users');
    figures.push(...(await millionFigures(folder)));
  }
  if (isWanted('busy')) {
    say('queries while everything is busy');
    const engine = await buildEngineProcess();
    figures.push(...(await busyFigures(folder, { cloud, engine })));
    engine.remove();
  }
  if (isWanted('data') || isWanted('import')) {
    say('first sync');
    const ingest = await ingestFigures(folder, cloud);
    const engine = await openBenchEngine(ingest.directory, cloud.url);
    figures.push(...ingest.figures);
    if (isWanted('data')) {
      say('pages and search');
      figures.push(...(await queryFigures(engine)));
    }
    if (isWanted('import')) {
      say('import preview');
      figures.push(...(await importFigures(folder, engine)));
    }
    await engine.engine.close();
  }
} finally {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
}

mkdirSync(join(root, 'test-results'), { recursive: true });
const machine = {
  cpu: cpus()[0]?.model ?? '',
  cpuCount: cpus().length,
  node: process.version,
  platform: process.platform,
};
writeFileSync(join(root, 'test-results', 'bench.json'), `${JSON.stringify({ machine, figures }, null, 2)}\n`);
process.stdout.write(
  `\n${tableOf(figures)}\nThe figures are in test-results/bench.json. Medians; p95 where it says so.\n`,
);

function say(part: string): void {
  process.stderr.write(`Measuring: ${part} …\n`);
}
