/** Names on the line between preload and main. The page never sees them. */
export const BRIDGE_CHANNELS = {
  chooseSpreadsheet: 'bridge:choose-spreadsheet',
  acceptDrop: 'bridge:accept-drop',
  chooseTableTarget: 'bridge:choose-table-target',
  choosePdfTarget: 'bridge:choose-pdf-target',
  chooseFieldlinkTarget: 'bridge:choose-fieldlink-target',
  chooseFieldlinkFile: 'bridge:choose-fieldlink-file',
  copyText: 'bridge:copy-text',
  pasteText: 'bridge:paste-text',
  openWindow: 'bridge:open-window',
  workspaces: 'bridge:workspaces',
  switchWorkspace: 'bridge:switch-workspace',
  addWorkspace: 'bridge:add-workspace',
  editWorkspace: 'bridge:edit-workspace',
  removeWorkspace: 'bridge:remove-workspace',
  /** Main to preload: ask for the list again. */
  workspacesChanged: 'bridge:workspaces-changed',
  /** Main to preload, with a MessagePort. */
  port: 'bridge:port',
} as const;
