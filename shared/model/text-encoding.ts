/**
 * The encodings of delimited text that a person can choose, the likeliest first. The values are labels of the Encoding Standard,
 * by which ISO-8859-1 is read as Windows-1252 and ISO-8859-9 as Windows-1254: each is a part of the other.
 */
export const TEXT_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1254',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-15',
  'macintosh',
] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

const OTHER_NAMES: Readonly<Record<string, TextEncoding>> = {
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'mac-roman': 'macintosh',
};

/** The encoding with this name in any case, other names of it included; null when it is none of the list. */
export function textEncoding(name: string): TextEncoding | null {
  const folded = name.trim().toLowerCase();
  return TEXT_ENCODINGS.find((known) => known === folded) ?? OTHER_NAMES[folded] ?? null;
}

/** What can separate the cells of a line of delimited text, the likeliest first. Any other character can be chosen too. */
export const TEXT_DELIMITERS = [',', ';', '\t', '|', ':', '^', '~'] as const;
