import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';

export const APP_ORIGIN = 'app://console';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.map': 'application/json',
};

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page from its folder and from nowhere else, with the strictest policy the screens can live with. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const path = normalize(join(folder, decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname)));
    if (url.host !== 'console' || !path.startsWith(folder + sep)) return new Response('not found', { status: 404 });
    let content: Buffer;
    try {
      content = await readFile(path);
    } catch {
      return new Response('not found', { status: 404 });
    }
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    if (extname(path) !== '.html')
      return new Response(new Uint8Array(content), {
        headers: { 'content-type': type, 'x-content-type-options': 'nosniff' },
      });
    // A nonce per load: only the page's own style sheets, those that Emotion adds included, are taken.
    const nonce = randomBytes(16).toString('base64');
    const page = content.toString('utf8').replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`);
    return new Response(page, {
      headers: { 'content-type': type, 'content-security-policy': policy(nonce), 'x-content-type-options': 'nosniff' },
    });
  });
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // React and the virtualised lists place rows with style properties set by script; attributes in markup stay forbidden.
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
