import type { FileGrant } from '../model/ids.ts';
import type { NewWorkspace, WorkspaceEdit, WorkspaceList } from './workspaces.ts';

/** A file the person chose. The page gets a grant and a name, never a path. */
export type ChosenFile = { readonly grant: FileGrant; readonly name: string };

/** What the shell offers a page beyond the engine. Operations, not capabilities. */
export type Bridge = {
  /** Asks the person for a spreadsheet; null when the dialog is cancelled. */
  chooseSpreadsheet(): Promise<ChosenFile | null>;
  /** Turns a DOM File dropped on the window into a grant; null when it is not a file on disk. */
  acceptDrop(file: object): Promise<ChosenFile | null>;
  /** Asks where to save a table: a template or a report; null when the dialog is cancelled. */
  chooseTableTarget(suggestedName: string): Promise<ChosenFile | null>;
  /** Asks where to save a PDF; null when the dialog is cancelled. */
  choosePdfTarget(suggestedName: string): Promise<ChosenFile | null>;
  /** Asks where to save a file of Fieldlink's own: a queue, a plan or a recipe; null when the dialog is cancelled. */
  chooseFieldlinkTarget(suggestedName: string): Promise<ChosenFile | null>;
  /** Asks for a file of Fieldlink's own; null when the dialog is cancelled. */
  chooseFieldlinkFile(): Promise<ChosenFile | null>;
  copyText(text: string): Promise<void>;
  /** What the person has copied, for the Paste button; '' when it is no text. */
  pasteText(): Promise<string>;
  /** Opens another console window, on this window's workspace or on another one. */
  openWindow(workspace?: string): Promise<void>;
  /** SES-4: the workspaces, and the one of this window. */
  workspaces(): Promise<WorkspaceList>;
  onWorkspacesChanged(listener: () => void): () => void;
  /** This window shows another workspace: the page is loaded anew. */
  switchWorkspace(id: string): Promise<void>;
  /** Adds one and shows it in this window. */
  addWorkspace(wanted: NewWorkspace): Promise<void>;
  editWorkspace(change: WorkspaceEdit): Promise<void>;
  /** What is left of a workspace that was wiped. False for the last one. */
  removeWorkspace(id: string): Promise<boolean>;
  readonly platform: string;
  /** '' in a release; else what to say about the runtime. */
  readonly runtimeNotice: string;
};

/** How main hands a page its port: a window message with this type and the port in `ports[0]`. */
export const PORT_MESSAGE = 'fieldlink:port';
