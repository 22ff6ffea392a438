/** A value in a cell: cut off with an ellipsis when it is long, and whole in its tooltip. */
export function TableText({ text, quiet = false }: { readonly text: string; readonly quiet?: boolean }) {
  return (
    <span title={text} className={quiet ? 'text quiet' : 'text'} dir="auto">
      {text}
    </span>
  );
}
