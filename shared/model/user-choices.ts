import { foldText } from '../lib/fold-text.ts';
import { ACCOUNT_LANGUAGES } from './account.ts';
import type { Assignables } from './assignables.ts';
import { ASSIGNED, MITEL_ONE_TIERS, tierLabel } from './license.ts';
import { parseRole, roleLabel } from './role.ts';

/** Fields of a user for which an account or the cloud says what they can be. */
export const CHOSEN_FIELDS = ['role', 'mitelOne', 'miteamMeetings', 'smsNumber', 'language', 'userTemplate'] as const;
export type ChosenField = (typeof CHOSEN_FIELDS)[number];

/** What an account says about them. */
export type UserChoices = Pick<Assignables, 'smsNumbers' | 'userTemplates'> & {
  /** As the wire names them. */
  readonly roles: readonly string[];
};

type Language = (typeof ACCOUNT_LANGUAGES)[number];
/** By its name in English, then in itself. */
const LANGUAGE_NAMES: Readonly<Record<Language, readonly [string, ...string[]]>> = {
  de: ['German', 'Deutsch'],
  en: ['English'],
  es: ['Spanish', 'Español', 'Castellano'],
  fr: ['French', 'Français'],
  it: ['Italian', 'Italiano'],
  nl: ['Dutch', 'Nederlands'],
  pt: ['Portuguese', 'Português'],
};
const YES = new Set([
  'yes',
  'y',
  'x',
  '1',
  'true',
  'assigned',
  'ja',
  'wahr',
  'oui',
  'vrai',
  'si',
  'verdadero',
  'vero',
  'waar',
  'sim',
  'verdadeiro',
]);
const NO = new Set([
  'no',
  'n',
  '0',
  'false',
  'none',
  'nein',
  'falsch',
  'non',
  'faux',
  'falso',
  'nee',
  'onwaar',
  'nao',
  '-',
]);

export function isChosen(field: string): field is ChosenField {
  return (CHOSEN_FIELDS as readonly string[]).includes(field);
}

/** What can be chosen, as it is stored; '' for nothing is not among them, and only a role cannot be nothing. */
export function choicesFor(field: ChosenField, { roles, smsNumbers, userTemplates }: UserChoices): readonly string[] {
  switch (field) {
    case 'role':
      return roles;
    case 'mitelOne':
      return MITEL_ONE_TIERS;
    case 'miteamMeetings':
      return [ASSIGNED];
    case 'smsNumber':
      return smsNumbers;
    case 'language':
      return ACCOUNT_LANGUAGES;
    case 'userTemplate':
      return userTemplates;
  }
}

/** What is stored, in a person's words, as a cell of a spreadsheet has it. */
export function choiceLabel(field: ChosenField, value: string): string {
  if (value === '') return '';
  switch (field) {
    case 'role':
      return roleLabel(value);
    case 'mitelOne':
      return tierLabel(value);
    case 'miteamMeetings':
      return value === ASSIGNED ? 'Yes' : value;
    case 'language':
      return LANGUAGE_NAMES[value as Language]?.[0] ?? value;
    case 'smsNumber':
    case 'userTemplate':
      return value;
  }
}

/** What a cell can say, in a person's words. */
export function offeredLabels(field: ChosenField, choices: UserChoices): readonly string[] {
  const labels = choicesFor(field, choices).map((one) => choiceLabel(field, one));
  return field === 'miteamMeetings' ? [...labels, 'No'] : labels;
}

/** A field of a user as a cell of a spreadsheet has it. */
export function cellText(field: string, value: string): string {
  return isChosen(field) ? choiceLabel(field, value) : value;
}

/** Reads a choice from a cell: its label or what is stored, in any case; '' for nothing. Null: nothing that can be chosen. */
export function parseChoice(field: ChosenField, text: string, choices: UserChoices): string | null {
  if (field === 'role') return parseRole(text, choices.roles);
  if (text.trim() === '') return '';
  const said = foldText(text);
  switch (field) {
    case 'mitelOne':
      return parseTier(said);
    case 'miteamMeetings':
      return YES.has(said) ? ASSIGNED : NO.has(said) ? '' : null;
    case 'language':
      return parseLanguage(said);
    case 'smsNumber':
    case 'userTemplate':
      return choicesFor(field, choices).find((one) => foldText(one) === said) ?? null;
  }
}

/** "Premier", "Mitel One (Premier)" or "mitel one premier". */
function parseTier(said: string): string | null {
  const tier = said.replace(/^mitel ?one/u, '').replaceAll(/[()_\s-]/gu, '');
  if (NO.has(tier) || NO.has(said)) return '';
  return MITEL_ONE_TIERS.find((one) => one.toLowerCase() === tier) ?? null;
}

/** A name, or a code with or without a country: "German", "Deutsch (CH)", "de", "de-CH". */
function parseLanguage(said: string): string | null {
  const name = said.replace(/\s*\(.*\)$/u, '');
  const code = name.replace(/[-_][a-z]{2}$/u, '');
  const isMeant = (language: Language): boolean =>
    language === code || LANGUAGE_NAMES[language].some((one) => foldText(one) === name);
  return ACCOUNT_LANGUAGES.find(isMeant) ?? null;
}

/** Tags as they are stored: each once, by comma and blank. */
export function tidyTags(text: string): string {
  const tags = text
    .split(/[,;|\n]/u)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return [...new Map(tags.map((tag) => [foldText(tag), tag])).values()].join(', ');
}
