import type { Suggestion } from '../../shared/model/import-suggestion.ts';
import { counted } from './numbers.ts';

/** What the repair does, and in how many rows. */
export function suggestionText({ kind, detail, wrong }: Suggestion, rowCount: number): string {
  const rows = counted(rowCount, 'row', 'rows');
  switch (kind) {
    case 'add-domain':
      return `Use the mail domain ${detail} for ${rows}`;
    case 'correct-domain':
      return `Correct ${wrong} to ${detail} in ${rows}`;
    case 'correct-role':
      return `Correct the role “${wrong}” to ${detail} in ${rows}`;
    case 'name-from-address':
      return `Take first and last name from the address in ${rows}`;
    case 'drop-repeats':
      return `Delete ${rows} that say the same as another one`;
    case 'update-existing':
      return `Change the users that are there already with ${rows}`;
    case 'take-meant':
      return `${meantSentence(detail)} in ${rows}`;
  }
}

/** What a cell seems to have said before a program changed it. */
export function meantSentence(code: string): string {
  switch (code) {
    case 'plus-lost':
      return 'Put the + before mobile numbers that lack it';
    case 'zeros-lost':
      return 'Put the zeros before extensions that lack them';
    case 'quotes-changed':
      return 'Use straight apostrophes in addresses';
    default:
      return 'Take what seems to be meant';
  }
}
