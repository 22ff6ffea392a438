/** Why a sheet cannot be copied with two more columns. `changed` and `gone` are about the original, `unwritable` about the copy. */
type SheetTrouble = 'changed' | 'gone' | 'unwritable' | 'signed' | 'encoding' | 'letters' | 'columns' | 'structure';

/** Thrown wherever the copy turns out to be impossible; the caller makes a refusal of it. */
export class SheetProblem extends Error {
  override readonly name = 'SheetProblem';
  readonly trouble: SheetTrouble;
  readonly detail: string;

  constructor(trouble: SheetTrouble, detail: string = trouble) {
    super(`${trouble}: ${detail}`);
    this.trouble = trouble;
    this.detail = detail;
  }
}
