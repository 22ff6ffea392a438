/** Notes of one history: what happened, what was counted, what was broken. */
export type RunRecord = ReturnType<typeof createRunRecord>;

export type Broken = { readonly invariant: string; readonly what: string; readonly at: number };

export function createRunRecord() {
  const lines: string[] = [];
  const broken: Broken[] = [];
  const counts: Record<string, number> = {};
  return {
    lines: lines as readonly string[],
    broken: broken as readonly Broken[],
    counts: counts as Readonly<Record<string, number>>,
    note: (line: string): void => void lines.push(line),
    count(name: string, by = 1): void {
      counts[name] = (counts[name] ?? 0) + by;
    },
    fail(invariant: string, what: string): void {
      lines.push(`!! ${invariant}: ${what}`);
      broken.push({ invariant, what, at: lines.length });
    },
  };
}
