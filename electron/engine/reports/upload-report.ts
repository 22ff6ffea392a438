import type { stream, Worksheet } from 'exceljs';
import { CHANGE_REASON_SENTENCES } from '../../../shared/model/change-reason.ts';
import { IMPORT_FIELDS, IMPORT_HEADINGS } from '../../../shared/model/import-row.ts';
import type { ImportField } from '../../../shared/model/import-row.ts';
import { cellText } from '../../../shared/model/user-choices.ts';
import { roleLabel } from '../../../shared/model/role.ts';
import { NOT_UPLOADED } from '../../../shared/model/upload-state.ts';
import { reportTime } from './report-time.ts';
import type { UploadRow } from '../database/upload-row-repository.ts';
import { writeWorkbookFile } from './workbook-file.ts';
import type { WorkbookWritten } from './workbook-file.ts';

export type ReportHead = {
  readonly accountName: string;
  readonly fileName: string;
  readonly uploadedAt: string;
  readonly madeAt: string;
};
/** Rows that stay in the preview, with what is said about them. */
export type LeftRow = { readonly values: Readonly<Record<ImportField, string>>; readonly sentences: readonly string[] };

const STATES: Readonly<Record<UploadRow['state'] | 'visible', string>> = {
  queued: 'Waits for the cloud',
  inflight: 'Under way',
  unknown: 'Being looked up',
  sent: 'Accepted',
  visible: 'Accepted and visible',
  refused: 'Refused',
  withdrawn: 'Taken back',
};
export const KINDS: Readonly<Record<UploadRow['kind'], string>> = {
  create: 'New',
  patch: 'Changed',
  delete: 'Deleted',
};
const WIDTHS = [8, 10, 30, 36, 18, 24, 60, 60, 40];

export function stateText({ state, isVisible }: Pick<UploadRow, 'state' | 'isVisible'>): string {
  return STATES[state === 'sent' && isVisible ? 'visible' : state];
}

export function reasonText({ reason, serverMessage }: Pick<UploadRow, 'reason' | 'serverMessage'>): string {
  const sentence = CHANGE_REASON_SENTENCES[reason] ?? reason;
  return [sentence, serverMessage].filter((text) => text !== '').join(' ');
}

/** IMP-9: every row with its outcome, for the customer. */
export function writeAcceptance(
  path: string,
  head: ReportHead,
  rows: AsyncIterable<UploadRow>,
): Promise<WorkbookWritten> {
  return writeWorkbookFile(path, async (workbook) => {
    const sheet = sheetOf(workbook, 'Acceptance', WIDTHS);
    addLine(sheet, [`Import of users: ${head.accountName}`], true);
    addLine(sheet, [`File: ${head.fileName}`]);
    addLine(sheet, [`Uploaded: ${reportTime(head.uploadedAt)}`]);
    addLine(sheet, [`As of: ${reportTime(head.madeAt)}`]);
    addLine(sheet, []);
    const headings = ['ROW', 'KIND', 'NAME', 'EMAIL', 'ROLE', 'STATUS', 'REASON', 'CHANGES', 'CORRELATION ID'];
    addLine(sheet, headings, true);
    let count = 0;
    for await (const row of rows) {
      addLine(sheet, [
        ...[String(row.sourceRow ?? ''), KINDS[row.kind], row.name, row.email, row.role && roleLabel(row.role)],
        ...[stateText(row), reasonText(row), changesText(row), row.correlationId],
      ]);
      count += 1;
    }
    sheet.commit();
    return count;
  });
}

/** IMP-9: the rows that need work, in the portal's columns, so that the corrected file is read again as it is. */
export function writeFailed(
  path: string,
  refused: AsyncIterable<UploadRow>,
  left: Iterable<LeftRow>,
): Promise<WorkbookWritten> {
  return writeWorkbookFile(path, async (workbook) => {
    const sheet = sheetOf(workbook, 'Users', [...IMPORT_FIELDS.map(() => 24), 16, 80]);
    addLine(sheet, [...IMPORT_FIELDS.map((field) => IMPORT_HEADINGS[field]), 'STATUS', 'REASON'], true);
    let count = 0;
    for await (const row of refused) {
      const of = (field: ImportField): string => String(row.patch[field] ?? (field === 'email' ? row.email : ''));
      const cells = IMPORT_FIELDS.map((field) => cellText(field, of(field)));
      addLine(sheet, [...cells, stateText(row), reasonText(row)]);
      count += 1;
    }
    for (const { values, sentences } of left) {
      addLine(sheet, [...IMPORT_FIELDS.map((field) => values[field]), NOT_UPLOADED, sentences.join(' ')]);
      count += 1;
    }
    sheet.commit();
    return count;
  });
}

function sheetOf(workbook: stream.xlsx.WorkbookWriter, name: string, widths: readonly number[]): Worksheet {
  const sheet = workbook.addWorksheet(name);
  sheet.columns = widths.map((width) => ({ width, style: { numFmt: '@' } }));
  return sheet;
}

function addLine(sheet: Worksheet, cells: readonly string[], isBold = false): void {
  const row = sheet.addRow([...cells]);
  if (isBold) row.font = { bold: true };
  row.commit();
}

export function changesText({ kind, patch, seen }: UploadRow): string {
  if (kind !== 'patch') return '';
  return Object.keys(patch)
    .map((field) =>
      field === 'welcomeEmailOn'
        ? `WELCOME EMAIL: ${reportTime(String(patch[field]))}`
        : `${IMPORT_HEADINGS[field as ImportField]}: ${cellText(field, String(seen[field] ?? ''))} → ${cellText(field, String(patch[field]))}`,
    )
    .join('; ');
}
