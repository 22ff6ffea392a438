/** What Windows-1252 makes of the bytes 0x80 to 0x9F; the five that it does not use stay control characters. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
// A letter of two or more bytes in UTF-8 begins with one of these and goes on with one of those.
const BROKEN = /[Â-ô][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;
const TIMES = 2;

/**
 * The text as it was before its UTF-8 was read as Windows-1252 ("ZoÃ«" was "Zoë"); the text itself when it is not such a text.
 * Only where every letter goes back into bytes that are sound UTF-8 again, so nothing is guessed.
 */
export function repairMojibake(text: string): string {
  let repaired = text;
  for (let times = 0; times < TIMES && BROKEN.test(repaired); times += 1) {
    const bytes = toWindows1252(repaired);
    if (bytes === null) break;
    try {
      repaired = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      break;
    }
  }
  return repaired;
}

function toWindows1252(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const high = HIGH.indexOf(text.charAt(at));
    if (high >= 0) bytes[at] = 0x80 + high;
    else if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) bytes[at] = code;
    else return null;
  }
  return bytes;
}
