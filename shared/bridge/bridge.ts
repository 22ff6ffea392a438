import type { FileGrant } from '../model/ids.ts';

/** A file the person chose. The page gets a grant and a name, never a path. */
export type ChosenFile = { readonly grant: FileGrant; readonly name: string };

/** What the shell offers a page beyond the engine. Operations, not capabilities. */
export type Bridge = {
  /** Asks the person for a spreadsheet; null when the dialog is cancelled. */
  chooseSpreadsheet(): Promise<ChosenFile | null>;
  /** Turns a DOM File dropped on the window into a grant; null when it is not a file on disk. */
  acceptDrop(file: object): Promise<ChosenFile | null>;
  /** Asks where to save; null when the dialog is cancelled. */
  chooseTemplateTarget(suggestedName: string): Promise<ChosenFile | null>;
  /** Asks where to save an exported queue; null when the dialog is cancelled. */
  chooseQueueTarget(suggestedName: string): Promise<ChosenFile | null>;
  /** Asks for an exported queue; null when the dialog is cancelled. */
  chooseQueueFile(): Promise<ChosenFile | null>;
  copyText(text: string): Promise<void>;
  /** Opens another console window. */
  openWindow(): Promise<void>;
  readonly platform: string;
  /** '' in a release; else what to say about the runtime. */
  readonly runtimeNotice: string;
};

/** How main hands a page its port: a window message with this type and the port in `ports[0]`. */
export const PORT_MESSAGE = 'fieldlink:port';
