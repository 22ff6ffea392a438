import { readFileSync, writeFileSync } from 'node:fs';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_ORIGIN } from '../security/app-protocol.ts';

type Bounds = { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number };

const FIRST_SIZE: Bounds = { width: 1280, height: 800 };

/** Opens a console window where the last one was, locked down, painted in the theme's colour before the page is there. */
export function openConsoleWindow(options: {
  readonly preload: string;
  readonly boundsFile: string;
  readonly runtimeNotice: string;
}): BrowserWindow {
  const window = new BrowserWindow({
    ...restoredBounds(options.boundsFile),
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f151c' : '#f5f7f9',
    title: 'Fieldlink',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      additionalArguments: [`--runtime-notice=${encodeURIComponent(options.runtimeNotice)}`],
    },
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeFileSync(options.boundsFile, JSON.stringify(window.getNormalBounds())));
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** A screen may have been unplugged since: bounds that lie nowhere are not restored. */
function restoredBounds(file: string): Bounds {
  try {
    const bounds = JSON.parse(readFileSync(file, 'utf8')) as Required<Bounds>;
    const { workArea } = screen.getDisplayMatching(bounds);
    const isVisible =
      bounds.x < workArea.x + workArea.width && bounds.x + bounds.width > workArea.x && bounds.y >= workArea.y - 50;
    return isVisible && bounds.width >= 900 && bounds.height >= 600 ? bounds : FIRST_SIZE;
  } catch {
    return FIRST_SIZE;
  }
}
