// One @, a dotted domain of letters, digits and hyphens, no white space, the lengths of RFC 5321.
const SHAPE = /^[^\s@"(),:;<>[\\\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/iu;

/** True for an address the cloud accepts. The same rule marks the cell, refuses the command and refuses the request. */
export function isEmail(text: string): boolean {
  if (text.length > 254 || !SHAPE.test(text)) return false;
  const local = text.slice(0, text.lastIndexOf('@'));
  return !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
}

/** The form in which two addresses count as the same one (the portal compares without regard to case). */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}
