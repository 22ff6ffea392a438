type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** Bytes that pass through, some of them exchanged. Places are counted from the beginning of all bytes. */
export type ByteEdits = {
  add(chunk: Buffer): void;
  /** What stands there as it came, byte for letter. */
  text(start: number, end: number): string;
  /** In growing order. The text must be ASCII, so that it fits whatever encoding the bytes are in. */
  replace(start: number, end: number, text: string): void;
  /** Everything before `until` as it is to be; nothing before it can be replaced any more. Infinity: all there is. */
  take(until: number): Buffer;
};

export function createByteEdits(): ByteEdits {
  let held: Buffer = Buffer.alloc(0);
  let origin = 0;
  let edits: Edit[] = [];
  return {
    add(chunk) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    },
    text: (start, end) => held.toString('latin1', start - origin, end - origin),
    replace: (start, end, text) => void edits.push({ start, end, text }),
    take(limit) {
      const until = Math.min(limit, origin + held.length);
      const pieces: Buffer[] = [];
      let at = origin;
      for (const { start, end, text } of edits) {
        pieces.push(held.subarray(at - origin, start - origin), Buffer.from(text, 'latin1'));
        at = end;
      }
      edits = [];
      pieces.push(held.subarray(at - origin, until - origin));
      held = held.subarray(until - origin);
      origin = until;
      return Buffer.concat(pieces);
    },
  };
}
