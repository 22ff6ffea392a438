/** Names on the line between preload and main. The page never sees them. */
export const BRIDGE_CHANNELS = {
  chooseSpreadsheet: 'bridge:choose-spreadsheet',
  acceptDrop: 'bridge:accept-drop',
  chooseTemplateTarget: 'bridge:choose-template-target',
  chooseQueueTarget: 'bridge:choose-queue-target',
  chooseQueueFile: 'bridge:choose-queue-file',
  copyText: 'bridge:copy-text',
  openWindow: 'bridge:open-window',
  /** Main to preload, with a MessagePort. */
  port: 'bridge:port',
} as const;
