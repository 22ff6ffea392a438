/** One line of the table: what was measured, and the floor that was measured beside it. */
export type Figure = {
  readonly name: string;
  readonly unit: 'ms' | 'rows/s' | 'MB' | 'requests' | 'commits' | '% of a core' | 'wake-ups/min';
  readonly value: number;
  readonly floorName: string;
  readonly floor: number;
  /** Above 1: slower than the floor. Independent of the machine, as far as that is possible. */
  readonly ratio: number;
  readonly sampleCount: number;
};

type Measured = Omit<Figure, 'ratio' | 'sampleCount' | 'value' | 'floor'> & {
  readonly samples: readonly number[];
  readonly floorSamples: readonly number[];
  /** Which quantile of the samples; the median when absent. */
  readonly quantile?: number;
};

export function figure({ samples, floorSamples, quantile = 0.5, ...named }: Measured): Figure {
  const value = quantileOf(samples, quantile);
  const floor = quantileOf(floorSamples, quantile);
  const ratio = named.unit === 'rows/s' ? floor / value : value / floor;
  return { ...named, value, floor, ratio, sampleCount: samples.length };
}

export function quantileOf(samples: readonly number[], quantile: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? Number.NaN;
}

/** Milliseconds that the work takes. */
export async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Both by turns, so that what disturbs the machine disturbs both. */
export async function byTurns(
  times: number,
  work: { readonly value: () => unknown; readonly floor: () => unknown },
): Promise<{ readonly samples: number[]; readonly floorSamples: number[] }> {
  const [samples, floorSamples]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < times; turn += 1) {
    floorSamples.push(await timeOf(work.floor));
    samples.push(await timeOf(work.value));
  }
  return { samples, floorSamples };
}

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ ratio, name, value, unit, floor, floorName, sampleCount }) => [
    `${ratio.toFixed(2)}x`,
    name,
    `${round(value)} ${unit}`,
    `${round(floor)} ${unit}`,
    floorName,
    String(sampleCount),
  ]);
  const all = [['RATIO', 'WHAT', 'MEASURED', 'FLOOR', 'FLOOR IS', 'N'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${all.map(line).join('\n')}\n`;
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
