export type UploadTally = {
  readonly sentCount: number;
  readonly waitingCount: number;
  readonly refusedCount: number;
  /** Rows of the same file that were not ready and stand in the preview. */
  readonly leftCount: number;
};

/** Where an upload stands, in one line: `999 applied, 1 needs you.` (IMP-8). `count` writes numbers as the reader does. */
export function uploadSentence(upload: UploadTally, count: (value: number) => string): string {
  const needing = upload.refusedCount + upload.leftCount;
  const parts = [
    `${count(upload.sentCount)} applied`,
    upload.waitingCount > 0 ? `${count(upload.waitingCount)} under way` : '',
    needing === 0 ? '' : needing === 1 ? '1 needs you' : `${count(needing)} need you`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}
