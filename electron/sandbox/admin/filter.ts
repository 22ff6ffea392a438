import type { Filter } from '../database/filter-sql.ts';
import { Refused } from '../http/answer.ts';

type Token = { readonly kind: 'word' | 'text' | 'number' | 'sign'; readonly value: string };

const TOKEN = /\s*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)(?![\w.])|([A-Za-z_][\w.]*)|([(),]))/uy;

/** Parses an OData-style `$filter`: eq, gt, and, or, substringof(field,'text') and brackets. */
export function parseFilter(source: string): Filter {
  const tokens = tokenise(source);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const take = (kind: Token['kind'], value?: string): string => {
    const token = tokens[at];
    if (token?.kind !== kind || (value !== undefined && token.value !== value)) throw unreadable(source);
    at += 1;
    return token.value;
  };

  const either = (): Filter => {
    let left = both();
    while (isWord(peek(), 'or')) {
      at += 1;
      left = { kind: 'or', left, right: both() };
    }
    return left;
  };
  const both = (): Filter => {
    let left = single();
    while (isWord(peek(), 'and')) {
      at += 1;
      left = { kind: 'and', left, right: single() };
    }
    return left;
  };
  const single = (): Filter => {
    if (peek()?.value === '(' && peek()?.kind === 'sign') {
      take('sign', '(');
      const inner = either();
      take('sign', ')');
      return inner;
    }
    const field = take('word');
    if (field === 'substringof') {
      take('sign', '(');
      const searched = take('word');
      take('sign', ',');
      const text = take('text');
      take('sign', ')');
      return { kind: 'contains', field: searched, text };
    }
    const operator = take('word');
    if (operator !== 'eq' && operator !== 'gt') throw unreadable(source);
    return { kind: operator, field, value: value() };
  };
  const value = (): string | number | boolean => {
    const token = peek();
    if (token?.kind === 'text') return take('text');
    if (token?.kind === 'number') return Number(take('number'));
    if (isWord(token, 'true') || isWord(token, 'false')) return take('word') === 'true';
    throw unreadable(source);
  };

  const filter = either();
  if (at !== tokens.length) throw unreadable(source);
  return filter;
}

function tokenise(source: string): readonly Token[] {
  if (source.length > 4000) throw new Refused(400, '$filter is longer than 4,000 characters. Ask in several requests.');
  const tokens: Token[] = [];
  const text = source.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw unreadable(source);
    const [, quoted, digits, word, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (digits !== undefined) tokens.push({ kind: 'number', value: digits });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else tokens.push({ kind: 'sign', value: sign ?? '' });
  }
  return tokens;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value === word;
}

function unreadable(source: string): Refused {
  return new Refused(
    400,
    `$filter cannot be read: ${source.slice(0, 200)}. Use eq, gt, and, or, substringof(field,'text').`,
  );
}
