import type { ReactNode } from 'react';

type Props = {
  readonly value: string | readonly string[] | null;
  /** A value in the reader's words. */
  readonly textOf: (value: string) => string;
  readonly emptyText: string;
};

/** A value of a field: text, or a list with a line for each. */
export function ValueText({ value, textOf, emptyText }: Props): ReactNode {
  if (value === null || value.length === 0) return <em>{emptyText}</em>;
  if (typeof value === 'string') return <span dir="auto">{textOf(value)}</span>;
  return (
    <ul>
      {value.map((line) => (
        <li key={line} dir="auto">
          {textOf(line)}
        </li>
      ))}
    </ul>
  );
}
