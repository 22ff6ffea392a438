/** Where a command writes. Documents and tables to `out`; progress to `progress`, which is silent unless a person watches. */
export type Terminal = {
  out(text: string): void;
  error(text: string): void;
  progress(text: string): void;
};

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text.padEnd(78).slice(0, 78)}`);
  },
};

/** Columns as wide as their widest cell, two blanks between. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `${cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  return line(headings) + rows.map(line).join('');
}
