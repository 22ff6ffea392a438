import { decodeXmlText } from './xml-text.ts';

const MOST_ATTRIBUTES = 256;

/** One tag where it stands in the bytes of its part. The scanner uses one for all tags: nothing of it holds beyond the event. */
export type XmlTag = {
  readonly bytes: Buffer;
  /** Where the value of the n-th attribute begins and ends, without its quotes. */
  readonly valueStarts: Int32Array;
  readonly valueEnds: Int32Array;
  /** Which attribute has this one letter as its whole name; -1 when none has. */
  oneLetter(letter: number): number;
  textOf(index: number): string;
  /** The value of the first attribute with this name; null when it is not there. */
  attribute(name: string): string | null;
  /** An attribute whose prefix may be any: `r:id`, `ns0:id`, `id`. */
  attributeOfAnyPrefix(localName: string): string | null;
};

/** The scanner's own end of a tag: it notes where the attributes are. */
export type WritableTag = XmlTag & {
  begin(bytes: Buffer): void;
  /** False when a tag has more attributes than any spreadsheet program writes. */
  add(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): boolean;
};

export function createXmlTag(): WritableTag {
  let bytes: Buffer = Buffer.alloc(0);
  let count = 0;
  const nameStarts = new Int32Array(MOST_ATTRIBUTES);
  const nameEnds = new Int32Array(MOST_ATTRIBUTES);
  const valueStarts = new Int32Array(MOST_ATTRIBUTES);
  const valueEnds = new Int32Array(MOST_ATTRIBUTES);
  const nameOf = (index: number): string => bytes.toString('latin1', nameStarts[index], nameEnds[index]);
  const textOf = (index: number): string => decodeXmlText(bytes.toString('utf8', valueStarts[index], valueEnds[index]));
  const find = (isIt: (name: string) => boolean): string | null => {
    for (let index = 0; index < count; index += 1) if (isIt(nameOf(index))) return textOf(index);
    return null;
  };
  return {
    get bytes() {
      return bytes;
    },
    valueStarts,
    valueEnds,
    begin(next) {
      bytes = next;
      count = 0;
    },
    add(nameStart, nameEnd, valueStart, valueEnd) {
      if (count === MOST_ATTRIBUTES) return false;
      nameStarts[count] = nameStart;
      nameEnds[count] = nameEnd;
      valueStarts[count] = valueStart;
      valueEnds[count] = valueEnd;
      count += 1;
      return true;
    },
    oneLetter(letter) {
      for (let index = 0; index < count; index += 1) {
        const start = nameStarts[index] ?? 0;
        if (bytes[start] === letter && nameEnds[index] === start + 1) return index;
      }
      return -1;
    },
    textOf,
    attribute: (name) => find((known) => known === name),
    attributeOfAnyPrefix: (localName) =>
      find((known) => known.endsWith(`:${localName}`)) ?? find((known) => known === localName),
  };
}
