import type { RefusalCode } from '../../shared/contract/refusals.ts';
import type { Refusal } from '../../shared/rpc/outcome.ts';
import { faultIdOf, faultSentence } from './fault-sentence.ts';
import { faultText } from './faults.ts';
import { refusalSentence } from './refusals.ts';

type Tried = {
  readonly outcome: { readonly ok: boolean; readonly refusal?: Refusal<RefusalCode> } | null;
  readonly fault: Error | null;
};

/** Why a command did not do what it should; '' when there is nothing to say. */
export function problemSentence({ outcome, fault }: Tried): string {
  if (fault) {
    const id = faultIdOf(fault);
    return `${faultSentence(fault)} ${faultText.next}${id ? ` (${faultText.faultId} ${id})` : ''}`;
  }
  return outcome?.refusal ? refusalSentence(outcome.refusal) : '';
}
