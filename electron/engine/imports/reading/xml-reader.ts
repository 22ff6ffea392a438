import type { SourceFile } from './source-file.ts';
import { createUnpackBudget } from './unpack-budget.ts';
import { unpackPart } from './unpack-part.ts';
import { xmlTranscoder } from './xml-encoding.ts';
import type { XmlTranscoder } from './xml-encoding.ts';
import { createXmlScanner } from './xml-scanner.ts';
import type { XmlEvents } from './xml-scanner.ts';
import type { ZipEntry } from './zip-archive.ts';

export type ReadXml = (entry: ZipEntry, events: XmlEvents, afterChunk?: () => Promise<void>) => Promise<void>;

/** Reads parts of one workbook, which share what they may unpack to. */
export function xmlReader(file: SourceFile): ReadXml {
  const budget = createUnpackBudget();
  return async (entry, events, afterChunk) => {
    const scanner = createXmlScanner(events);
    let toUtf8: XmlTranscoder | null = null;
    for await (const chunk of unpackPart(file, entry, budget)) {
      toUtf8 ??= xmlTranscoder(chunk);
      scanner.write(toUtf8(chunk));
      await afterChunk?.();
    }
    if (toUtf8) scanner.write(toUtf8(null));
    scanner.end();
  };
}
