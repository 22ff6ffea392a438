import { writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

const ASK_EVERY_MS = 250;
const PATIENCE = 120;
const STILL_FOR = 6;

/** For a start without a display: waits until the screen's words have stood still for a while, saves it, and says where. */
export async function savePicture(window: BrowserWindow, path: string): Promise<void> {
  let before = '';
  let still = 0;
  for (let asked = 0; asked < PATIENCE && still < STILL_FOR && !window.isDestroyed(); asked += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, ASK_EVERY_MS);
    });
    const words: unknown = await window.webContents.executeJavaScript(
      "document.querySelector('main')?.innerText ?? ''",
    );
    still = typeof words === 'string' && words.length > ENOUGH_WORDS && words === before ? still + 1 : 0;
    before = String(words);
  }
  const picture = await window.webContents.capturePage();
  await writeFile(path, picture.toPNG());
  process.stdout.write(`Picture of the window: ${path}\n`);
}

/** Headings and column titles alone are fewer: the list has come. */
const ENOUGH_WORDS = 300;
