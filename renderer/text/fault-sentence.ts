import { Fault } from '../../shared/rpc/fault.ts';

/** What went wrong, in one sentence. */
export function faultSentence(error: Error): string {
  if (!(error instanceof Fault)) return 'The console could not show this.';
  switch (error.kind) {
    case 'engine-lost':
      return 'The engine stopped while it was answering. It is being restarted.';
    case 'cancelled':
      return 'The request was cancelled.';
    case 'bad-input':
      return 'The engine did not understand the request.';
    case 'unknown-operation':
      return 'The engine does not know this operation. Window and engine may be of different versions: close the console and start it again.';
    case 'locked':
      return 'The console is locked. Unlock it and try again.';
    case 'bad-output':
    case 'internal':
      return 'The engine ran into a problem.';
  }
}

export function faultIdOf(error: Error): string {
  return error instanceof Fault ? error.faultId : '';
}

export function isEngineLost(error: Error): boolean {
  return error instanceof Fault && error.kind === 'engine-lost';
}
