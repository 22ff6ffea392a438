import type { Bridge, ChosenFile } from '../../../../shared/bridge/bridge.ts';

/** The shell's part: dialogs answer with what the test has put in their queue. */
export const testBridge: Bridge = {
  chooseSpreadsheet: () => ask('choose-spreadsheet'),
  acceptDrop: () => ask('accept-drop'),
  chooseTemplateTarget: () => ask('choose-template-target'),
  chooseQueueTarget: () => ask('choose-queue-target'),
  chooseQueueFile: () => ask('choose-queue-file'),
  copyText: async (text) => {
    await fetch('/bridge/copy-text', { method: 'POST', body: text });
  },
  openWindow: () => Promise.resolve(),
  platform: 'linux',
  runtimeNotice: '',
};

async function ask(operation: string): Promise<ChosenFile | null> {
  const answer = await fetch(`/bridge/${operation}`, { method: 'POST' });
  return (await answer.json()) as ChosenFile | null;
}
