import { textEncoding } from '../../../../shared/model/text-encoding.ts';
import type { TextEncoding } from '../../../../shared/model/text-encoding.ts';
import { createCsvScanner } from './csv-scanner.ts';
import type { CsvScanner, OnRecord } from './csv-scanner.ts';
import { detectDialect, SAMPLE_CHARACTERS, takeSepLine } from './csv-dialect.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { ReadChoice } from './read-rows.ts';
import type { SourceFile } from './source-file.ts';
import { decodedText, detectEncoding } from './text-encoding.ts';

export type CsvStart = {
  readonly encoding: TextEncoding;
  readonly dialect: CsvDialect;
  /** The `sep=` line of Excel with its end, which is no record; '' when there is none. */
  readonly sepLine: string;
  /** The beginning of what follows it. */
  readonly text: string;
};

/** Cuts a file of delimited text into its records: with what was chosen, else with what its beginning shows. */
export async function csvRecords(
  file: SourceFile,
  choice: Pick<ReadChoice, 'encoding' | 'delimiter'>,
  {
    start,
    pause,
    isStrict = false,
  }: {
    /** Called once, before the first record; answers who gets them. */
    readonly start: (found: CsvStart) => OnRecord;
    readonly pause: () => Promise<void>;
    /** Bytes that do not fit the encoding are a TypeError, not a U+FFFD. */
    readonly isStrict?: boolean;
  },
): Promise<void> {
  const encoding = textEncoding(choice.encoding ?? '') ?? (await detectEncoding(file));
  let scanner: CsvScanner | null = null;
  let sample = '';

  function begin(): CsvScanner {
    const { delimiter: named, rest } = takeSepLine(sample);
    const chosen = choice.delimiter === undefined || choice.delimiter === '' ? named : choice.delimiter;
    const dialect = detectDialect(rest, chosen);
    const sepLine = sample.slice(0, sample.length - rest.length);
    const begun = createCsvScanner(dialect, start({ encoding, dialect, sepLine, text: rest }));
    begun.write(rest);
    return begun;
  }

  for await (const text of decodedText(file, encoding, { isStrict })) {
    if (scanner) scanner.write(text);
    else {
      sample += text;
      if (sample.length >= SAMPLE_CHARACTERS) scanner = begin();
    }
    await pause();
  }
  scanner ??= begin();
  scanner.end();
}
