/** One line per event, as JSON, without secrets. */
export type Logger = {
  write(level: 'error' | 'warn' | 'note', event: string, detail?: Readonly<Record<string, unknown>>): void;
};

export const silentLogger: Logger = { write: () => undefined };
