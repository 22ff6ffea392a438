/** What became of a row of an upload, as the results page, the reports and the copy of the person's own sheet say it. */
export const UPLOAD_STATES = {
  queued: 'Waiting',
  inflight: 'Under way',
  unknown: 'Being looked up',
  sent: 'Accepted',
  visible: 'Visible',
  refused: 'Refused',
  withdrawn: 'Taken back',
} as const;

/** The same of a row that stands in the preview. */
export const NOT_UPLOADED = 'Not uploaded';
