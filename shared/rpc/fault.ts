export const FAULT_KINDS = [
  'bad-input',
  'bad-output',
  'unknown-operation',
  'cancelled',
  'engine-lost',
  /** The console is locked: only what unlocks it is answered (SES-5). */
  'locked',
  'internal',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Something broke. Not part of any operation's contract: the screen shows `faultId`, the log has the stack. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly operation: string;
  readonly faultId: string;

  constructor(kind: FaultKind, operation: string, message: string, faultId = '') {
    super(`${operation}: ${message}`);
    this.kind = kind;
    this.operation = operation;
    this.faultId = faultId;
  }
}
