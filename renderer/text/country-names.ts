// ISO 3166-1 alpha-2. The names come from the reader's own language data.
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

const regions = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' });
const shortRegions = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code', style: 'short' });
const languages = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

export type Country = { readonly code: string; readonly name: string };

let sorted: readonly Country[] | null = null;

/** Every country, by name. */
export function countries(): readonly Country[] {
  sorted ??= CODES.split(' ')
    .map((code) => ({ code, name: countryName(code) }))
    .toSorted((left, right) => left.name.localeCompare(right.name));
  return sorted;
}

/** The country's name; what the cloud sent when it is not a code. */
export function countryName(code: string): string {
  return /^[A-Za-z]{2}$/u.test(code) ? (regions.of(code.toUpperCase()) ?? code) : code;
}

/** `UK` where the language has a short name: for cells of a list. */
export function shortCountryName(code: string): string {
  return /^[A-Za-z]{2}$/u.test(code) ? (shortRegions.of(code.toUpperCase()) ?? code) : code;
}

export function languageName(code: string): string {
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(code) ? (languages.of(code) ?? code) : code;
}
