import {
  AsYouType,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/min';

export type SplitNumber = { readonly country: CountryCode; readonly national: string };

const known: ReadonlySet<string> = new Set(getCountries());

/** Countries with their calling codes. */
export function callingCodes(): readonly { readonly country: CountryCode; readonly code: string }[] {
  return getCountries().map((country) => ({ country, code: `+${getCountryCallingCode(country)}` }));
}

/** Takes a stored number apart for the two fields. What is no E.164 number stays as it is, in the account's country. */
export function splitNumber(stored: string, accountCountry: string): SplitNumber {
  const parsed = stored === '' ? undefined : parsePhoneNumberFromString(stored);
  if (!parsed) return { country: known.has(accountCountry) ? (accountCountry as CountryCode) : 'US', national: stored };
  const country = countryOf(parsed, accountCountry);
  return country ? { country, national: parsed.formatNational() } : { country: 'US', national: stored };
}

/** Formats while typing; a number typed with its country code moves to that country. */
export function typedNumber(text: string, country: CountryCode): SplitNumber {
  if (!text.trim().startsWith('+')) {
    return { country, national: keepDeletion(text, new AsYouType(country).input(text)) };
  }
  const found = parsePhoneNumberFromString(text);
  const foundCountry = found?.isPossible() === true ? countryOf(found, country) : undefined;
  return found && foundCountry
    ? { country: foundCountry, national: found.formatNational() }
    : { country, national: text };
}

/** The number as it is stored: E.164; '' for nothing; what was typed when it is no number, so that the rules can say so. */
export function storedNumber({ country, national }: SplitNumber): string {
  if (national.trim() === '') return '';
  return parsePhoneNumberFromString(national, country)?.number ?? national;
}

// Several countries can share a calling code: the preferred one wins when it is among them, else the largest, which comes first.
function countryOf(number: PhoneNumber, preferred: string): CountryCode | undefined {
  if (number.country) return number.country;
  const possible = number.getPossibleCountries();
  return possible.find((country) => country === preferred) ?? possible[0];
}

// Deleting a bracket or a blank that the formatting put there would otherwise bring it back at once.
function keepDeletion(typed: string, formatted: string): string {
  return formatted.startsWith(typed) && /\D$/u.test(formatted) ? typed : formatted;
}
