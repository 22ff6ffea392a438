/** What a person did at one console, written down before it was asked of the engine. `done` only after the engine said it is kept. */
export type Deed = {
  readonly console: string;
  /** Order at this console. */
  readonly n: number;
  isDone: boolean;
} & (
  | { readonly kind: 'add'; readonly email: string; /** The customer; '' for the demo's. */ readonly customer: string }
  | { readonly kind: 'customer'; readonly name: string }
  | { readonly kind: 'edit'; readonly email: string; readonly value: string; readonly seen: string }
  | { readonly kind: 'upload'; readonly emails: readonly string[] }
  /** The person gave way to what the cloud has. */
  | { readonly kind: 'undo'; readonly email: string }
  /** The person insists, having seen what the cloud has. */
  | { readonly kind: 'insist'; readonly email: string; readonly seen: string }
);

export type Edit = Extract<Deed, { kind: 'edit' }>;

/** What a console shows and keeps when nothing moves any more. */
export type Standing = {
  readonly console: string;
  /** Changes that wait for nobody. */
  readonly waitingCount: number;
  /** E-mail addresses and customers in front of the person, with the reason. */
  readonly stopped: readonly { readonly name: string; readonly reason: string }[];
  /** `account number or id|email|mobile|extension|pending` of every user on the screen. */
  readonly shown: readonly string[];
  /** `ok`, or what SQLite says. */
  readonly integrity: readonly string[];
  readonly brokenAudit: number | null;
};
