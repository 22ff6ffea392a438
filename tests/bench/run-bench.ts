import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, startCloud } from './bench-cloud.ts';
import { openBenchEngine } from './bench-engine.ts';
import { applyFigures } from './apply-figures.ts';
import { buildEngineProcess, type BuiltEngine } from './build-engine-process.ts';
import { busyFigures } from './busy-figures.ts';
import { ingestFigures, queryFigures } from './data-figures.ts';
import { editFigures } from './edit-figures.ts';
import { tableOf, type Figure } from './figures.ts';
import { importFigures } from './import-figures.ts';
import { memoryFigures } from './memory-figures.ts';
import { networkFigures } from './network-figures.ts';
import { quietFigures } from './quiet-figures.ts';
import { millionFigures } from './million-figures.ts';
import { scrollFigures } from './scroll-figures.ts';
import { startFigures } from './start-figures.ts';

/** Measures everything once, prints the table and leaves test-results/bench.json. Arguments name parts: start, data, import, edit, apply,
 * scroll, busy, million, network, quiet, memory. */
const wanted = process.argv.slice(2);
const isWanted = (part: string): boolean => wanted.length === 0 || wanted.includes(part);
const folder = mkdtempSync(join(tmpdir(), 'fieldlink-bench-'));
const figures: Figure[] = [];

const PARTS: readonly (readonly [string, string, (built: BuiltEngine) => Promise<readonly Figure[]>])[] = [
  ['import', 'import preview', (engine) => importFigures(folder, cloud, engine)],
  ['edit', 'editing a preview', (engine) => editFigures(folder, cloud, engine)],
  ['apply', 'upload of a preview', (engine) => applyFigures(folder, engine)],
  ['scroll', 'scrolling a preview', (engine) => scrollFigures(folder, cloud, engine)],
  ['busy', 'queries while everything is busy', (engine) => busyFigures(folder, { cloud, engine })],
  ['network', 'against the round trips', (engine) => networkFigures(folder, engine)],
  ['quiet', 'when nothing happens', (engine) => quietFigures(folder, engine)],
  ['memory', 'the memory of a million users', (engine) => memoryFigures(folder, engine)],
];

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
  for (const [part, title, measure] of PARTS) {
    if (!isWanted(part)) continue;
    say(title);
    const built = await buildEngineProcess();
    figures.push(...(await measure(built)));
    built.remove();
  }
  if (isWanted('data')) {
    say('first sync');
    const ingest = await ingestFigures(folder, cloud);
    const engine = await openBenchEngine(ingest.directory, cloud.url);
    figures.push(...ingest.figures);
    say('pages and search');
    figures.push(...(await queryFigures(engine)));
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
