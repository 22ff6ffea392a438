import { BrowserWindow, clipboard, dialog, ipcMain, type FileFilter, type IpcMainInvokeEvent } from 'electron';
import type { ChosenFile } from '../../../shared/bridge/bridge.ts';
import { BRIDGE_CHANNELS } from '../../../shared/bridge/channels.ts';
import { newWorkspace, workspaceEdit, type WorkspaceList } from '../../../shared/bridge/workspaces.ts';
import { isOurPage } from '../security/lock-down.ts';
import type { WorkspaceDesk } from '../workspaces/workspace-desk.ts';
import type { FileGrants } from './file-grants.ts';
import { suggestedName } from './suggested-name.ts';

const SPREADSHEETS = [
  { name: 'Spreadsheets', extensions: ['xlsx', 'xlsm', 'csv', 'txt', 'tsv'] },
  { name: 'All files', extensions: ['*'] },
];

const WORKBOOKS = [{ name: 'Excel workbook', extensions: ['xlsx'] }];
// File dialogs know the last extension only; the whole name is the suggestion.
const FIELDLINK_FILES = [{ name: 'Fieldlink file', extensions: ['json'] }];
const PDFS: FileFilter[] = [{ name: 'PDF', extensions: ['pdf'] }];

/** A copy of a table is what the table was: a list of text does not become a workbook by its name. */
function tablesLike(name: string): FileFilter[] {
  const extension = /\.(csv|txt|tsv|xlsm)$/iu.exec(suggestedName(name))?.[1]?.toLowerCase();
  return extension === undefined ? WORKBOOKS : [{ name: 'Same kind of file', extensions: [extension] }];
}

/** What a page may ask of the shell: each operation checks who asks and opens its own dialog. */
export function servePageOperations(options: {
  readonly grants: FileGrants;
  readonly openWindow: (workspace: string | null) => void;
  readonly desk: WorkspaceDesk;
}): void {
  const { grants, openWindow, desk } = options;

  function serve(channel: string, operation: (window: BrowserWindow, argument: string) => unknown): void {
    serveAny(channel, (window, argument) => operation(window, typeof argument === 'string' ? argument : ''));
  }

  function serveAny(channel: string, operation: (window: BrowserWindow, argument: unknown) => unknown): void {
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
      const window = BrowserWindow.fromWebContents(event.sender);
      if (!window || !isOurPage(event.sender, event.senderFrame))
        throw new Error(`${channel}: not a page of this console`);
      return operation(window, argument);
    });
  }

  async function chooseFile(window: BrowserWindow, filters: FileFilter[]): Promise<ChosenFile | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters });
    const [path] = filePaths;
    return canceled || path === undefined ? null : grants.grant(path);
  }
  async function chooseTarget(
    window: BrowserWindow,
    wanted: string,
    filters: FileFilter[],
  ): Promise<ChosenFile | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: suggestedName(wanted), filters });
    return canceled || !filePath ? null : grants.grant(filePath);
  }

  serve(BRIDGE_CHANNELS.chooseSpreadsheet, (window) => chooseFile(window, SPREADSHEETS));
  serve(BRIDGE_CHANNELS.acceptDrop, (_window, path): ChosenFile | null => (path === '' ? null : grants.grant(path)));
  serve(BRIDGE_CHANNELS.chooseTableTarget, (window, name) => chooseTarget(window, name, tablesLike(name)));
  serve(BRIDGE_CHANNELS.choosePdfTarget, (window, name) => chooseTarget(window, name, PDFS));
  serve(BRIDGE_CHANNELS.chooseFieldlinkTarget, (window, name) => chooseTarget(window, name, FIELDLINK_FILES));
  serve(BRIDGE_CHANNELS.chooseFieldlinkFile, (window) => chooseFile(window, FIELDLINK_FILES));
  serve(BRIDGE_CHANNELS.copyText, (_window, text) => clipboard.writeText(text));
  serve(BRIDGE_CHANNELS.pasteText, () => clipboard.readText());
  serve(BRIDGE_CHANNELS.openWindow, ({ webContents }, workspace) => {
    openWindow(workspace === '' ? desk.listFor(webContents).current : workspace);
  });
  serve(BRIDGE_CHANNELS.workspaces, ({ webContents }): WorkspaceList => desk.listFor(webContents));
  serve(BRIDGE_CHANNELS.switchWorkspace, ({ webContents }, id) => desk.switchTo(webContents, id));
  serveAny(BRIDGE_CHANNELS.addWorkspace, ({ webContents }, wanted) =>
    desk.add(webContents, newWorkspace.parse(wanted)),
  );
  serveAny(BRIDGE_CHANNELS.editWorkspace, (_window, change) => desk.edit(workspaceEdit.parse(change)));
  serve(BRIDGE_CHANNELS.removeWorkspace, (_window, id) => desk.remove(id));
}
