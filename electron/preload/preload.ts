import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { PORT_MESSAGE, type Bridge } from '../../shared/bridge/bridge.ts';
import { BRIDGE_CHANNELS as channels } from '../../shared/bridge/channels.ts';

ipcRenderer.on(channels.port, (event) => {
  // Ports cross into the page's world by a window message; contextBridge cannot carry them.
  const pass = (): void =>
    window.postMessage(PORT_MESSAGE, window.location.origin === 'null' ? '*' : window.location.origin, [
      ...event.ports,
    ]);
  if (document.readyState === 'loading') window.addEventListener('DOMContentLoaded', pass, { once: true });
  else pass();
});

const notice =
  process.argv.find((argument) => argument.startsWith('--runtime-notice='))?.slice('--runtime-notice='.length) ?? '';

const bridge: Bridge = {
  chooseSpreadsheet: () => ipcRenderer.invoke(channels.chooseSpreadsheet),
  acceptDrop: (file) => ipcRenderer.invoke(channels.acceptDrop, pathOf(file as File)),
  chooseTableTarget: (suggestedName) => ipcRenderer.invoke(channels.chooseTableTarget, suggestedName),
  choosePdfTarget: (suggestedName) => ipcRenderer.invoke(channels.choosePdfTarget, suggestedName),
  chooseFieldlinkTarget: (suggestedName) => ipcRenderer.invoke(channels.chooseFieldlinkTarget, suggestedName),
  chooseFieldlinkFile: () => ipcRenderer.invoke(channels.chooseFieldlinkFile),
  copyText: (text) => ipcRenderer.invoke(channels.copyText, text),
  pasteText: () => ipcRenderer.invoke(channels.pasteText),
  openWindow: (workspace) => ipcRenderer.invoke(channels.openWindow, workspace),
  workspaces: () => ipcRenderer.invoke(channels.workspaces),
  onWorkspacesChanged: (listener) => {
    const heard = (): void => listener();
    ipcRenderer.on(channels.workspacesChanged, heard);
    return () => void ipcRenderer.off(channels.workspacesChanged, heard);
  },
  switchWorkspace: (id) => ipcRenderer.invoke(channels.switchWorkspace, id),
  addWorkspace: (wanted) => ipcRenderer.invoke(channels.addWorkspace, wanted),
  editWorkspace: (change) => ipcRenderer.invoke(channels.editWorkspace, change),
  removeWorkspace: (id) => ipcRenderer.invoke(channels.removeWorkspace, id),
  platform: process.platform,
  runtimeNotice: decodeURIComponent(notice),
};
contextBridge.exposeInMainWorld('bridge', bridge);

/** Electron 32 took `File.path` away; the fallback runtime has nothing else. */
function pathOf(file: File & { readonly path?: string }): string {
  return typeof webUtils?.getPathForFile === 'function' ? webUtils.getPathForFile(file) : (file.path ?? '');
}
