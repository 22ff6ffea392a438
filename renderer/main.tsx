import type { Bridge } from '../shared/bridge/bridge.ts';
import { connectEngine } from './client/connect-engine.ts';

declare global {
  // The preload script puts it there before the page runs.
  interface Window {
    readonly bridge: Bridge;
  }
}

/** A page that is not visible gets no frames; it is shown all the same. */
const LONGEST_WAIT_MS = 100;

// Listens at once: the shell hands the port over as soon as the page has loaded.
const link = connectEngine(window);
// The skeleton is painted first; evaluating the screens before it would keep the window empty for a quarter of a second.
let isShown = false;
requestAnimationFrame(() => setTimeout(show));
setTimeout(show, LONGEST_WAIT_MS);

function show(): void {
  if (isShown) return;
  isShown = true;
  void import('./app/show-console.tsx').then(({ showConsole }) => {
    const { client, events, engineState } = link;
    showConsole({ client, events, engineState, bridge: window.bridge });
  });
}
