/** Windows allows a path of 260 letters with the folder, most file systems a name of 255 bytes; the writer adds an ending of its own. */
const LONGEST = 120;
const LONGEST_BYTES = 240;
/** What says what the file is stands at its end, and so does the extension. */
const TAIL = 40;

/** Names that Windows keeps for devices, whatever follows their first dot. */
const DEVICES = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[\d¹²³])$/iu;

/** What a file dialog suggests for a name made of somebody's words: one that every system takes, with the same extension. */
export function suggestedName(wanted: string): string {
  // Signs that turn the direction of the text make an extension look like another one.
  const plain = wanted.replaceAll(/\p{Bidi_Control}+/gu, '').replaceAll(/[\s\p{Cc}\\/:*?"<>|]+/gu, ' ');
  const whole = plain.replaceAll(/[ .]+$/gu, '');
  const extension = /\.[a-z\d]{1,5}$/iu.exec(whole)?.[0] ?? '';
  const stem = whole.slice(0, whole.length - extension.length).replaceAll(/^[ .]+|[ .]+$/gu, '');
  return shortened(apartFromDevices(stem === '' ? 'Fieldlink' : stem) + extension);
}

function apartFromDevices(stem: string): string {
  const [first = '', ...rest] = stem.split('.');
  return DEVICES.test(first.trim()) ? [`${first.trim()}_`, ...rest].join('.') : stem;
}

/** A name that is too long loses its middle. */
function shortened(name: string): string {
  const signs = Array.from(name);
  if (signs.length <= LONGEST && bytes(name) <= LONGEST_BYTES) return name;
  const tail = signs.slice(-TAIL).join('').trimStart();
  const head = signs.slice(0, LONGEST - TAIL - 1);
  while (bytes(head.join('')) + bytes(tail) + bytes('…') > LONGEST_BYTES) head.pop();
  return `${head.join('').trimEnd()}…${tail}`;
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
