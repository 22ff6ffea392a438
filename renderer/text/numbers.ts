const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** 100,000 in the reader's own writing. */
export function count(value: number): string {
  return whole.format(value);
}

/** `1 user`, `214 users`. */
export function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
