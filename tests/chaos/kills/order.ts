/** What one life of a victim is to do; its only argument, as JSON. */
export type Order = {
  readonly folder: string;
  readonly url: string;
  readonly seed: number;
  readonly life: number;
  /** Where to die by itself; null: it is killed from outside, or lives. */
  readonly failpoint: { readonly name: string; readonly pass: number } | null;
  /** `work` until it dies; `import` sends one upload of so many rows; `heal` until nothing waits, then tells how it stands; `close` works a little and ends properly. */
  readonly task: 'work' | 'import' | 'heal' | 'close';
  readonly upload?: UploadOrder;
  /** Virtual time: `base + (now - base) * speed`. */
  readonly base: number;
  readonly speed: number;
};

/** One upload, the same in every life: new users, some of which the cloud refuses, and changes of users that are there. */
export type UploadOrder = { readonly rows: number; readonly badRows: readonly number[] };
