import { faultIdOf, faultSentence } from './fault-sentence.ts';
import { faultText } from './faults.ts';

/** The words of the error panel for one fault. */
export function faultPanelText(error: Error) {
  return {
    title: faultText.title,
    sentence: faultSentence(error),
    next: faultText.next,
    faultId: faultIdOf(error),
    faultIdLabel: faultText.faultId,
    retryLabel: faultText.retry,
  };
}
