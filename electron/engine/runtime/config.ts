/** Everything an engine is told at its start. Plain values: they cross a process boundary. */
export type EngineConfig = {
  /** Folder of this cloud's databases. */
  readonly directory: string;
  readonly cloud: { readonly url: string; readonly label: string; readonly isSandbox: boolean };
  /** Signs in to the embedded sandbox by itself, so that a fresh install can be used at once. */
  readonly isDemoSignIn: boolean;
  readonly appVersion: string;
};
