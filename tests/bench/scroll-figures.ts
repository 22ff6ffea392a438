import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright/test';
import { must } from '../../shared/lib/must.ts';
import { CHROMIUM } from '../e2e/harness/browser-chromium.ts';
import { buildConsolePage } from '../e2e/harness/browser-page.ts';
import { servePage } from '../e2e/harness/browser-server.ts';
import type { BenchCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild } from './engine-child.ts';
import { figure, type Figure } from './figures.ts';
import { writeImportFile } from './import-files.ts';
import { emptyAccount } from './waiting.ts';

const ROWS = 100_000;
const WHEELS = 300;
/** A screen of a usual monitor: about 25 rows. */
const VIEWPORT = { width: 1280, height: 900 };
const [ONE_FRAME_MS, TWO_FRAMES_MS] = [16.7, 33.4];

type Scrolled = { readonly frames: readonly number[]; readonly height: number; readonly isAtEnd: boolean };

/** The grid of a preview with 100,000 rows, turned by the wheel from its first row to its last (DESIGN speed floor). */
export async function scrollFigures(folder: string, cloud: BenchCloud, built: BuiltEngine): Promise<readonly Figure[]> {
  if (!existsSync(CHROMIUM.executablePath)) {
    process.stderr.write(
      `  Scrolling is not measured: there is no browser at ${CHROMIUM.executablePath}. Install chromium and run it again.\n`,
    );
    return [];
  }
  const engine = await startEngineChild(join(folder, 'scroll'), cloud.url, built);
  const pageFolder = await buildConsolePage();
  const server = await servePage(pageFolder);
  server.connect((request, signal) => engine.transport.call(request, signal));
  const browser = await chromium.launch(CHROMIUM);
  try {
    const accountId = await emptyAccount(engine);
    const file = await writeImportFile(folder, { rows: ROWS, columns: 12, kind: 'csv' });
    const opened = await engine.client.imports.open({ accountId, file: file.path });
    const { id } = must(opened.ok ? opened.value : undefined, 'the list was read');
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(`${server.url}/#/accounts/${accountId}/import/${id}`);
    await page.getByRole('grid', { name: 'Rows of the import' }).waitFor();
    await page.getByText('user1@').first().waitFor();
    const grid = await scrollThrough(page);
    await page.goto('about:blank');
    await page.setContent(emptyList(grid.height));
    const floor = await scrollThrough(page);
    if (!grid.isAtEnd || !floor.isAtEnd) throw new Error('a list was not scrolled to its end');
    process.stderr.write(`  scroll: ${told('grid', grid)}; ${told('empty list', floor)}\n`);
    const floorName = 'an empty list of the same height';
    return [0.5, 0.95].map((quantile) =>
      figure({
        ...{
          name: `frame while scrolling ${ROWS.toLocaleString('en')} rows to the end, p${quantile * 100}`,
          unit: 'ms',
        },
        ...{ samples: grid.frames, floorSamples: floor.frames, floorName, quantile },
      }),
    );
  } finally {
    await browser.close();
    await server.close();
    rmSync(pageFolder, { recursive: true, force: true });
    await engine.stop();
  }
}

/** Turns the wheel over whatever scrolls, as far as it goes, and notes how long each frame took meanwhile. */
async function scrollThrough(page: Page): Promise<Scrolled> {
  const found = await page.evaluate(() => {
    const tall = [...document.querySelectorAll('*')].find(
      (element) => element.scrollHeight > 100_000 && element.clientHeight > 0 && element.clientHeight < 2000,
    );
    if (!tall) throw new Error('nothing scrolls here');
    const frames: number[] = [];
    let last = performance.now();
    const note = (now: number): void => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, { scrolled: tall, frames });
    const { x, y, width } = tall.getBoundingClientRect();
    return { height: tall.scrollHeight, x: x + width / 2, y: y + tall.clientHeight / 2 };
  });
  await page.mouse.move(found.x, found.y);
  const step = Math.ceil((found.height / WHEELS) * 1.05);
  for (let wheel = 0; wheel < WHEELS; wheel += 1) await page.mouse.wheel(0, step);
  return page.evaluate(async (height) => {
    const { scrolled, frames } = window as unknown as { scrolled: Element; frames: number[] };
    let before = -1;
    // A wheel that is turned smoothly goes on for a while.
    while (scrolled.scrollTop !== before) {
      before = scrolled.scrollTop;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const isAtEnd = scrolled.scrollTop + scrolled.clientHeight >= scrolled.scrollHeight - 2;
    return { frames: frames.slice(1), height, isAtEnd };
  }, found.height);
}

function emptyList(height: number): string {
  return `<body style="margin:0"><div style="height:700px;overflow:auto"><div style="height:${height}px"></div></div></body>`;
}

function told(name: string, { frames }: Scrolled): string {
  const over = (ms: number): number => frames.filter((frame) => frame > ms).length;
  return `${name} ${frames.length} frames, ${over(ONE_FRAME_MS)} over ${ONE_FRAME_MS} ms, ${over(TWO_FRAMES_MS)} over ${TWO_FRAMES_MS} ms`;
}
