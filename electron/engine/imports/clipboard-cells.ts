/** Cells as spreadsheets put them on the clipboard: tabs between, quotes around cells with tabs or line breaks. */
export function clipboardCells(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const isQuoted = text[at] === '"' && endOfQuoted(text, at) !== -1;
    const end = isQuoted ? endOfQuoted(text, at) : endOfPlain(text, at);
    line.push(isQuoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end));
    const sign = text[end];
    if (sign !== '\t') {
      lines.push(line);
      line = [];
    }
    at = end + (sign === '\r' && text[end + 1] === '\n' ? 2 : 1);
  }
  // What ends with a line break has no empty line after it.
  const last = lines.at(-1);
  if (lines.length > 1 && last?.length === 1 && last[0] === '') lines.pop();
  return lines;
}

function endOfPlain(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\t' || sign === '\r' || sign === '\n') return at;
  }
  return text.length;
}

/** After the closing quote, when a cell ends there; -1: the quote is an ordinary character. */
function endOfQuoted(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') {
      at += 1;
      continue;
    }
    const next = text[at + 1];
    return next === undefined || next === '\t' || next === '\r' || next === '\n' ? at + 1 : -1;
  }
  return -1;
}
