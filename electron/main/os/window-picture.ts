import { writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

const ASK_EVERY_MS = 250;
const PATIENCE = 120;

/** For a start without a display: waits until the screen is painted and not loading, saves it, and says where. */
export async function savePicture(window: BrowserWindow, path: string): Promise<void> {
  for (let asked = 0; asked < PATIENCE && !window.isDestroyed(); asked += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, ASK_EVERY_MS);
    });
    const isReady: unknown = await window.webContents.executeJavaScript(
      "document.querySelector('main h1') !== null && document.querySelector('.first-paint, [aria-busy=true]') === null",
    );
    if (isReady === true) break;
  }
  const picture = await window.webContents.capturePage();
  await writeFile(path, picture.toPNG());
  process.stdout.write(`Picture of the window: ${path}\n`);
}
