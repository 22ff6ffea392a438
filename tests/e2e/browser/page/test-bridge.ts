import type { Bridge, ChosenFile } from '../../../../shared/bridge/bridge.ts';
import type { Workspace, WorkspaceList } from '../../../../shared/bridge/workspaces.ts';

const one: Workspace = {
  ...{ id: 'sandbox', label: 'Sandbox', colour: 'teal', region: 'sandbox', cloudUrl: null },
  ...{ partner: 'Brackenford Voice & Networks', waitingCount: 0, attentionCount: 0 },
};
const second: Workspace = {
  ...one,
  id: 'sandbox-eu',
  label: 'Sandbox Europe',
  colour: 'violet',
  region: 'eu',
  waitingCount: 2,
};
/** `?workspaces=2` shows what a console with two partners shows. */
const workspaces: WorkspaceList = {
  current: one.id,
  workspaces: new URLSearchParams(window.location.search).get('workspaces') === '2' ? [one, second] : [one],
};

/** The shell's part: dialogs answer with what the test has put in their queue. */
export const testBridge: Bridge = {
  chooseSpreadsheet: () => ask('choose-spreadsheet'),
  acceptDrop: () => ask('accept-drop'),
  chooseTableTarget: () => ask('choose-table-target'),
  choosePdfTarget: () => ask('choose-pdf-target'),
  chooseFieldlinkTarget: () => ask('choose-fieldlink-target'),
  chooseFieldlinkFile: () => ask('choose-fieldlink-file'),
  copyText: async (text) => {
    await fetch('/bridge/copy-text', { method: 'POST', body: text });
  },
  pasteText: async () => (await fetch('/bridge/paste-text', { method: 'POST' })).text(),
  openWindow: () => Promise.resolve(),
  workspaces: () => Promise.resolve(workspaces),
  onWorkspacesChanged: () => () => undefined,
  switchWorkspace: () => Promise.resolve(),
  addWorkspace: () => Promise.resolve(),
  editWorkspace: () => Promise.resolve(),
  removeWorkspace: () => Promise.resolve(false),
  platform: 'linux',
  runtimeNotice: '',
};

async function ask(operation: string): Promise<ChosenFile | null> {
  const answer = await fetch(`/bridge/${operation}`, { method: 'POST' });
  return (await answer.json()) as ChosenFile | null;
}
