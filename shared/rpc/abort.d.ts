// AbortController exists in every environment this code runs in (pages, Node, workers), but only DOM and Node types declare it.
// Programs that use shared/ have the full types; this file is seen by shared/ alone.
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
