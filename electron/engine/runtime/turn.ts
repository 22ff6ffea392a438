/** Lets whatever waits have its turn: a long piece of work takes one between two of its steps. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
