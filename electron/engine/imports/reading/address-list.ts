import { isEmail } from '../../../../shared/model/email.ts';

export type Addressed = { readonly name: string; readonly email: string };

/**
 * The people of a list of addresses as mail programs and persons write it: one in a line, or commas and semicolons between, with or
 * without names ("Ann Ash <ann@customer.example>; bo@customer.example"). Null when it is something else, such as a table.
 */
export function addressList(text: string): readonly Addressed[] | null {
  if (text.includes('\t') || !text.includes('@')) return null;
  const people: Addressed[] = [];
  for (const part of partsOf(text)) {
    const person = personOf(part);
    if (!person) return null;
    people.push(person);
  }
  return people.length > 0 ? people : null;
}

/** Between commas, semicolons and line ends; within quotes and angle brackets they separate nothing. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let [isQuoted, isBracketed, start] = [false, false, 0];
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text[at] ?? '\n';
    const isLine = letter === '\n' || letter === '\r';
    if (letter === '"') isQuoted = !isQuoted;
    if (letter === '<') isBracketed = true;
    if (letter === '>') isBracketed = false;
    if (!isLine && (isQuoted || isBracketed || (letter !== ',' && letter !== ';'))) continue;
    // "Ash, Ann <ann@…>" is one person: a comma right after a name without an address does not end it.
    const part = text.slice(start, at);
    if (letter === ',' && part.trim() !== '' && !part.includes('@')) continue;
    parts.push(part);
    [isQuoted, isBracketed, start] = [false, false, at + 1];
  }
  return parts.filter((part) => part.trim() !== '');
}

function personOf(part: string): Addressed | null {
  const named = /^(.*?)\s*<\s*(?:mailto:)?([^<>\s]+)\s*>$/su.exec(part.trim());
  const email = named?.[2] ?? part.trim().replace(/^mailto:/iu, '');
  if (!isEmail(email)) return null;
  return {
    name: (named?.[1] ?? '')
      .replace(/^"(.*)"$/su, '$1')
      .replaceAll('\\"', '"')
      .trim(),
    email,
  };
}
