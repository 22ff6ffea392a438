import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../../shared/contract/contract.ts';
import type { ReadRow, ReadShape } from '../../../electron/engine/imports/reading/read-rows.ts';
import {
  unpackRows,
  type ReaderReply,
  type RowBatch,
} from '../../../electron/engine/imports/reading/reader-messages.ts';
import type { Outcome, Refusal } from '../../../shared/rpc/outcome.ts';
import { issueSentence } from '../../../shared/model/import-issue-text.ts';
import { readFailureSentence } from '../../../renderer/text/imports-text.ts';
import { ACCOUNT, type DeskHarness } from '../../imports/desk-harness.ts';
import type { MadeFile } from './made-file.ts';

const PAGE = 200;
const READ_ERRORS = 5000;

export type Reading = {
  readonly path: string;
  /** The code of the refusal; '' for a preview. */
  readonly refused: string;
  readonly shape: ReadShape | null;
  /** What the reader process sent, all columns of it. */
  readonly rows: readonly ReadRow[];
  /** Every row was sent before the conversation ended. */
  readonly isWhole: boolean;
  readonly peakMb: number;
  /** What the reader worked, without waiting for its turn. */
  readonly cpuMs: number;
  readonly milliseconds: number;
  /** What the engine said that it may not say. */
  readonly problems: readonly string[];
};

/** Opens a file as the console does: reader process, headings, cleaning, validation, staging, and every page of the preview. */
export async function readThroughDesk({ desk, folder }: DeskHarness, made: MadeFile, run: number): Promise<Reading> {
  const path = join(folder, `${run}-${made.name}`);
  writeFileSync(path, made.bytes);
  const problems: string[] = [];
  let refused = '';
  const started = performance.now();
  let milliseconds = 0;
  try {
    const signal = new AbortController().signal;
    let outcome: Outcome<unknown, string> = await desk.open({ accountLid: ACCOUNT, grant: path }, signal);
    milliseconds = performance.now() - started;
    const id = outcome.ok ? (outcome.value as { id: string }).id : String(outcome.refusal.details?.['importId'] ?? '');
    if (made.choice && id !== '') {
      rmSync(`${path}.seen`, { force: true });
      const again = performance.now();
      outcome = await desk.reread(id, made.choice, signal);
      milliseconds = Math.max(milliseconds, performance.now() - again);
    }
    if (!outcome.ok) {
      refused = outcome.refusal.code;
      problems.push(...judgeRefusal(outcome.refusal));
    } else problems.push(...(await judgePreview(desk, id)));
    if (id !== '') await desk.cancel(id);
  } catch (error) {
    problems.push(`thrown: ${error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error)}`);
  }
  return { path, refused, milliseconds, problems, ...readSeen(`${path}.seen`) };
}

function judgeRefusal({ code, details = {} }: Refusal): readonly string[] {
  const sentence = readFailureSentence(code, details);
  const isSentence = sentence.length > 10 && !/undefined|NaN|\[object/u.test(sentence);
  const isKnown = (contract.imports.open.refusals as readonly string[]).includes(code);
  const isReaderLost = code === 'import.reader-stopped' || code === 'import.timed-out';
  return [
    ...(isSentence ? [] : [`the sentence of ${code}: ${sentence}`]),
    ...(isKnown ? [] : [`a refusal that is not in the contract: ${code}`]),
    ...(isReaderLost ? [`${code} ${JSON.stringify(details)}`] : []),
  ];
}

async function judgePreview(desk: DeskHarness['desk'], id: string): Promise<readonly string[]> {
  const problems: string[] = [];
  const header = contract.imports.get.output.parse(await desk.get(id));
  let count = 0;
  for (let offset = 0; ; offset += PAGE) {
    const page = contract.imports.rows.output.parse(await desk.rows({ id, filter: 'all', offset, limit: PAGE }));
    count += page.rows.length;
    for (const { values, issues } of page.rows)
      for (const issue of issues) {
        const sentence = issueSentence(issue);
        // A cell may really hold NaN, and the sentence quotes it.
        const held = issue.field === null ? '' : values[issue.field];
        const ours = held === '' ? sentence : sentence.replaceAll(held, '');
        if (/undefined|NaN|\[object/u.test(ours)) problems.push(`the sentence of ${issue.code}: ${sentence}`);
      }
    // Of a long preview the first pages are enough.
    if (page.rows.length < PAGE || offset > READ_ERRORS) break;
  }
  if (header?.state !== 'preview') problems.push(`the state of the preview is ${header?.state}`);
  if (header && header.rowCount !== count && count < READ_ERRORS) problems.push(`${count} rows of ${header.rowCount}`);
  return problems;
}

function readSeen(path: string): Pick<Reading, 'shape' | 'rows' | 'isWhole' | 'peakMb' | 'cpuMs'> {
  let [shape, isWhole, peakMb, cpuMs]: [ReadShape | null, boolean, number, number] = [null, false, 0, 0];
  const rows: ReadRow[] = [];
  let lines: readonly string[] = [];
  try {
    lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'));
  } catch {
    // Refused before the reader was asked, or the reader died without a word.
  }
  for (const line of lines) {
    const seen = JSON.parse(line) as { peakMb: number; cpuMs: number; message: ReaderReply };
    ({ cpuMs } = seen);
    peakMb = Math.max(peakMb, seen.peakMb);
    if (seen.message.type === 'shape') ({ shape } = seen.message);
    if (seen.message.type === 'rows') rows.push(...unpackRows(fromLists(seen.message.rows)));
    if (seen.message.type === 'done') isWhole = true;
  }
  return { shape, rows, isWhole, peakMb, cpuMs };
}

/** JSON knows lists only. */
function fromLists({ numbers, widths, ends, ...batch }: RowBatch): RowBatch {
  return {
    ...batch,
    numbers: Uint32Array.from(numbers),
    widths: Uint16Array.from(widths),
    ends: Uint32Array.from(ends),
  };
}
