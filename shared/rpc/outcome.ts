/** The engine understood and said no. `message` is for logs; the sentence a person reads is made from the code. */
export type Refusal<C extends string = string> = {
  readonly code: C;
  readonly message: string;
  /** Values the sentence needs: names, counts, correlation ids. */
  readonly details?: Readonly<Record<string, string | number>> | undefined;
};

export type Outcome<T, C extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal<C> };

export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<const C extends string>(
  code: C,
  message: string,
  details?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly refusal: Refusal<C> } {
  return { ok: false, refusal: { code, message, details } };
}
