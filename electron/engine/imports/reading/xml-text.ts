import { ReadProblem } from './read-problem.ts';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves line ends and the five entities of XML itself. Others need a DOCTYPE, which is refused. */
export function decodeXmlText(raw: string): string {
  const text = raw.includes('\r') ? raw.replaceAll(/\r\n?/gu, '\n') : raw;
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&]{0,12});?/gu, (_whole, name: string) => decodeEntity(name));
}

/** The value of one attribute out of the text between the angle brackets; null when it is not there. */
export function xmlAttribute(attributes: string, name: string): string | null {
  let at = 0;
  while (at < attributes.length) {
    while (isSpace(attributes.charCodeAt(at))) at += 1;
    const equals = attributes.indexOf('=', at);
    if (equals < 0) return null;
    let quoteAt = equals + 1;
    while (isSpace(attributes.charCodeAt(quoteAt))) quoteAt += 1;
    const quote = attributes[quoteAt];
    if (quote !== '"' && quote !== "'") return null;
    const end = attributes.indexOf(quote, quoteAt + 1);
    if (end < 0) return null;
    let nameEnd = equals;
    while (nameEnd > at && isSpace(attributes.charCodeAt(nameEnd - 1))) nameEnd -= 1;
    if (nameEnd - at === name.length && attributes.startsWith(name, at)) {
      return decodeXmlText(attributes.slice(quoteAt + 1, end));
    }
    at = end + 1;
  }
  return null;
}

/** An attribute whose prefix may be any: `r:id`, `ns0:id`, `id`. */
export function xmlAttributeOfAnyPrefix(attributes: string, localName: string): string | null {
  const match = new RegExp(`(?:^|\\s)([\\w.-]+:${localName})\\s*=`, 'u').exec(attributes);
  return match?.[1] ? xmlAttribute(attributes, match[1]) : xmlAttribute(attributes, localName);
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

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13;
}
