import { ReadProblem } from './read-problem.ts';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves line ends and the five entities of XML itself. Others need a DOCTYPE, which is refused. */
export function decodeXmlText(raw: string): string {
  const text = raw.includes('\r') ? raw.replaceAll(/\r\n?/gu, '\n') : raw;
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&]{0,12});?/gu, (_whole, name: string) => decodeEntity(name));
}

/** Excel writes characters that XML forbids as `_x000D_`, and an underscore that would look like one as `_x005F_`. */
export function decodeExcelEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/gu, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function decodeEntity(name: string): string {
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (named !== undefined) return named;
  const digits = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/u.exec(name);
  const code = digits ? Number.parseInt(digits[1] ?? digits[2] ?? '', digits[1] ? 16 : 10) : Number.NaN;
  if (!(code <= 0x10ffff)) throw new ReadProblem('import.damaged', 'unknown entity in the XML');
  return String.fromCodePoint(code);
}
