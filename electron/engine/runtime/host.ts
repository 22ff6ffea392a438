/** What only the shell around the engine can do. The app answers from the main process, the command line by itself. */
export type Host = {
  /** Opens the system browser; only for https and the sandbox on loopback. */
  openExternal(url: string): Promise<void>;
  /** The path behind a grant; null when the person never gave it. */
  fileOf(grant: string): string | null;
  /** Prints a page as a PDF; absent where there is no browser (the command line). */
  printPdf?(html: string): Promise<Uint8Array>;
  /** Has the system confirm who sits here (Touch ID); absent where it cannot. */
  confirmPerson?(): Promise<boolean>;
};
