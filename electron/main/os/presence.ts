import { powerMonitor, systemPreferences } from 'electron';
import type { ToEngine } from '../../../shared/bridge/host-link.ts';

const ASK_EVERY_MS = 15_000;

/** Tells the engines whether somebody is at this computer: idle time, the system's own lock, sleep (SES-5). */
export function watchPresence(tell: (message: ToEngine) => void): void {
  powerMonitor.on('suspend', () => tell({ type: 'power', state: 'suspend' }));
  powerMonitor.on('resume', () => tell({ type: 'power', state: 'resume' }));
  powerMonitor.on('lock-screen', () => tell({ type: 'power', state: 'lock-screen' }));
  setInterval(() => tell({ type: 'idle', seconds: powerMonitor.getSystemIdleTime() }), ASK_EVERY_MS).unref();
}

export function canConfirmPerson(): boolean {
  return process.platform === 'darwin' && systemPreferences.canPromptTouchID();
}

/** 'confirmed', or null when the person gave up or the system did not know the finger. */
export async function confirmPerson(): Promise<string | null> {
  try {
    await systemPreferences.promptTouchID('unlock Fieldlink');
    return 'confirmed';
  } catch {
    return null;
  }
}
