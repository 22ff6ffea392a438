/** What goes back for one request, before faults and compression. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. Absent: no body. */
  readonly body?: unknown;
  /** Sent as it is, instead of JSON. */
  readonly text?: { readonly type: string; readonly content: string };
};

/** The sandbox understood and says no. `message` is the sentence of the error body. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: {
      readonly extra?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.extra = more.extra ?? {};
    this.headers = more.headers ?? {};
  }
}

/** The error body: only `message` is evidenced; anything else in it is ours. */
export function answerOf(refused: Refused): Answer {
  return { status: refused.status, headers: refused.headers, body: { message: refused.message, ...refused.extra } };
}
