import type { ReadFailure } from '../../../shared/contract/imports.ts';
import type { ImportId, JobId } from '../../../shared/model/ids.ts';
import type { ExistingChoice, ImportField, ImportRow, Severity } from '../../../shared/model/import-row.ts';
import type { Keepable } from '../../../shared/model/import-recipe.ts';
import type { LicenseChange, NeededSeats, UserGroup } from '../../../shared/model/user-group.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import type { Pace } from '../database/upload-pace.ts';
import type { ColumnChoice } from './column-plan.ts';
import type { ImportHeader } from './import-view.ts';
import type { ReadChoice } from './reading/read-rows.ts';
import type { CountedSuggestion, Suggestion } from '../../../shared/model/import-suggestion.ts';
import type { RecipeDesk } from './recipe-desk-port.ts';
import type { RowView } from './row-view.ts';
import type { SheetCopied, SheetCopy } from './sheet-copy.ts';
import type { UndoPlan } from './undo-upload.ts';
import type { LicensePlan } from './license-users.ts';
import type { WelcomePlan } from './welcome-users.ts';

export type EditRefusal = 'import.not-found' | 'import.busy';
export type Edited = { readonly rowCount: number; readonly errorCount: number };
type Page = RowView & { readonly id: string; readonly offset: number; readonly limit: number };
type Range = RowView & { readonly id: string; readonly first: number; readonly last: number };
type Fields = { readonly fields: readonly ImportField[] };
type Search = RowView & {
  readonly id: string;
  readonly severity: Severity;
  readonly after: number | null;
  readonly direction: 'next' | 'previous';
};

/** Everything a person does with spreadsheets of users (IMP-2 to IMP-5). One per engine. */
export type ImportDesk = {
  readonly recipes: RecipeDesk;
  list(accountLid: string | null): Promise<readonly ImportHeader[]>;
  /** A file is about to be chosen. */
  prepare(): void;
  close(): void;
  get(id: string): Promise<ImportHeader | null>;
  rows(page: Page): Promise<{ rows: ImportRow[]; total: number }>;
  findRow(search: Search): Promise<{ rowId: number; offset: number } | null>;
  open(
    file: { readonly accountLid: string; readonly grant: string },
    signal: AbortSignal,
  ): Promise<Outcome<{ id: ImportId }, 'account.not-found' | 'account.deactivated' | ReadFailure>>;
  /** The same with a list that was pasted. */
  openText(
    list: { readonly accountLid: string; readonly text: string },
    signal: AbortSignal,
  ): ReturnType<ImportDesk['open']>;
  reread(
    id: string,
    choice: ReadChoice & ColumnChoice,
    signal: AbortSignal,
  ): Promise<Outcome<Record<string, never>, EditRefusal | ReadFailure>>;
  editCell(cell: {
    readonly id: string;
    readonly rowId: number;
    readonly field: ImportField;
    readonly value: string;
  }): Promise<Outcome<Edited, EditRefusal | 'import.row-not-found'>>;
  addRow(id: string): Promise<Outcome<{ rowId: number }, EditRefusal>>;
  deleteRows(id: string, rowIds: readonly number[]): Promise<Outcome<Edited, EditRefusal | 'import.row-not-found'>>;
  replace(
    search: RowView & {
      readonly id: string;
      readonly field: ImportField | null;
      readonly find: string;
      readonly replacement: string;
    },
  ): Promise<Outcome<{ changedCount: number }, EditRefusal>>;
  fillRange(fill: Range & Fields & { readonly value: string }): Promise<Outcome<{ changedCount: number }, EditRefusal>>;
  pasteRange(
    paste: RowView & Fields & { readonly id: string; readonly first: number; readonly text: string },
  ): Promise<Outcome<{ changedCount: number; addedCount: number }, EditRefusal | 'import.too-many-rows'>>;
  copyRange(range: Range & Fields): Promise<{ text: string; rowCount: number }>;
  deleteRange(range: Range): Promise<Outcome<Edited, EditRefusal>>;
  /** What the reading cleaned, the most frequent first. */
  cleanings(id: string): Promise<readonly { code: Keepable; rowCount: number }[]>;
  keepOriginal(id: string, code: Keepable): Promise<Outcome<{ changedCount: number }, EditRefusal>>;
  suggestions(id: string): Promise<readonly CountedSuggestion[]>;
  applySuggestion(id: string, suggestion: Suggestion): Promise<Outcome<{ changedCount: number }, EditRefusal>>;
  undo(id: string, direction: 'undo' | 'redo'): Promise<Outcome<Edited, EditRefusal | 'import.nothing-to-undo'>>;
  /** Says what happens to rows whose address is in the account: of the whole import, or of some rows (IMP-7). */
  setExisting(
    id: string,
    existing: ExistingChoice | null,
    rowIds: readonly number[] | null,
  ): Promise<Outcome<Edited, EditRefusal | 'import.row-not-found'>>;
  /** Holds every row against the account as it is now. `accept`: what moved since the plan is the plan from now on. */
  recheck(id: string, accept: boolean): Promise<Outcome<Edited & { readonly isFileNewer: boolean }, EditRefusal>>;
  upload(
    id: string,
    pace?: Pace,
  ): Promise<
    Outcome<
      {
        jobId: JobId | null;
        queuedCount: number;
        unchangedCount: number;
        skippedCount: number;
        leftCount: number;
      },
      EditRefusal | 'import.nothing-to-upload' | 'account.deactivated'
    >
  >;
  /** IMP-6: the plan as a file, and back. Resolves the number of rows. */
  savePlan(id: string, path: string): Promise<Outcome<{ rowCount: number }, EditRefusal | 'file.not-writable'>>;
  openPlan(
    path: string,
  ): Promise<
    Outcome<{ id: ImportId }, 'file.gone' | 'import.not-a-plan' | 'account.not-found' | 'account.deactivated'>
  >;
  cancel(id: string): Promise<Outcome<Record<string, never>, 'import.not-found'>>;
  /** Puts the unsent rows of an upload back into its preview, slice by slice. Returns how many. */
  takeBack(id: string): Promise<number>;
  /** Rows that are still in the preview, with what is wrong with them (IMP-9). */
  leftRows(id: string): Promise<readonly ImportRow[]>;
  /** IMP-9: a copy of the import's own file with the outcome beside each row. */
  saveSheetCopy(copy: SheetCopy): Promise<SheetCopied | Outcome<never, 'import.busy'>>;
  /** IMP-10: which rows of an upload can be taken back, and why the others cannot. Nothing is changed. */
  undoPlan(id: string): Promise<UndoPlan | null>;
  /** Takes back what can be taken back, as an upload of its own. */
  undoUpload(
    id: string,
  ): Promise<
    Outcome<
      { importId: ImportId; jobId: JobId; queuedCount: number; leftCount: number },
      'import.not-found' | 'import.nothing-to-undo'
    >
  >;
  /** USR-7: whom welcome e-mails would go to. `again`: also to those who were sent one before. */
  planWelcome(group: UserGroup, again: boolean): Promise<WelcomePlan>;
  /** Asks for them, as an upload of its own. */
  welcome(
    group: UserGroup,
    again: boolean,
  ): Promise<Outcome<{ importId: ImportId; jobId: JobId; queuedCount: number; leftCount: number }, 'welcome.nobody'>>;
  /** BIL-4, BIL-5: whose licenses would change, and how many the account has for it. */
  planLicenses(place: { group: UserGroup; accountLid: string }, change: LicenseChange): Promise<LicensePlan>;
  /** Changes them, as an upload of its own. */
  license(
    group: UserGroup,
    change: LicenseChange,
  ): Promise<Outcome<{ importId: ImportId; jobId: JobId; queuedCount: number; leftCount: number }, 'license.nobody'>>;
  /** IMP-11: the licenses that the rows of a preview need. */
  seats(id: string): Promise<readonly NeededSeats[]>;
};
