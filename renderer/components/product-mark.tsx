type Props = { readonly size: number; readonly label: string };

/** Fieldlink's own mark: a link that closes over a field. */
export function ProductMark({ size, label }: Props) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label={label}>
      <rect width="32" height="32" rx="7" fill="var(--mui-palette-primary-main)" />
      <path
        d="M8 24V12.5A4.5 4.5 0 0 1 12.5 8H24M8 17h9.5M17.5 24H24v-7"
        fill="none"
        stroke="var(--mui-palette-primary-contrastText)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
