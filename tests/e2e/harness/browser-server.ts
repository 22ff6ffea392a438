import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, normalize, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FileGrant } from '../../../shared/model/ids.ts';
import type { ChosenFile } from '../../../shared/bridge/bridge.ts';
import { must } from '../../../shared/lib/must.ts';
import type { Dispatch } from '../../../shared/rpc/dispatcher.ts';
import { servePort } from '../../../shared/rpc/port.ts';
import type { EngineEvent } from '../../../shared/rpc/wire.ts';
import { projectRoot } from './paths.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export type PageServer = {
  readonly url: string;
  /** Answers of the next file dialogs, in order; an empty queue is a cancelled dialog. */
  readonly chosen: string[];
  readonly copied: string[];
  /** A grant without a dialog. */
  grant(path: string): FileGrant;
  readonly fileOf: (grant: string) => string | null;
  readonly emit: (event: EngineEvent) => void;
  /** While true no event reaches a page: what it shows is old. */
  mute(isMuted: boolean): void;
  connect(dispatch: Dispatch): void;
  close(): Promise<void>;
};

type OpenPage = { readonly emit: (event: EngineEvent) => void; readonly deliver: (message: unknown) => void };

/** Serves the built page under the product's own policy, and the engine behind it, on 127.0.0.1. */
export async function servePage(folder: string): Promise<PageServer> {
  const pages = new Map<string, OpenPage>();
  const grants = new Map<string, string>();
  const chosen: string[] = [];
  const copied: string[] = [];
  const policy = appPolicy();
  let dispatch: Dispatch | null = null;
  let isMuted = false;

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const page = url.searchParams.get('page') ?? '';
    if (url.pathname === '/engine' && request.method === 'GET') openPage(page, response);
    else if (url.pathname === '/engine') {
      pages.get(page)?.deliver(JSON.parse(await text(request)));
      response.writeHead(204).end();
    } else if (url.pathname === '/bridge/copy-text') {
      copied.push(await text(request));
      response.writeHead(204).end();
    } else if (url.pathname === '/bridge/paste-text') response.end(copied.at(-1) ?? '');
    else if (url.pathname.startsWith('/bridge/')) response.end(JSON.stringify(grantNext()));
    else await sendFile(response, url.pathname);
  }

  function openPage(page: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    let deliver: (message: unknown) => void = () => undefined;
    const port = {
      send: (message: unknown) => void response.write(`data: ${JSON.stringify(message)}\n\n`),
      receive: (listener: (message: unknown) => void) => {
        deliver = listener;
      },
    };
    const emit = servePort(port, must(dispatch, 'the engine runs before a page is opened'), 1);
    pages.set(page, { emit, deliver });
    response.once('close', () => pages.delete(page));
  }

  function grant(path: string): FileGrant {
    const made = randomBytes(8).toString('hex') as FileGrant;
    grants.set(made, path);
    return made;
  }
  function grantNext(): ChosenFile | null {
    const path = chosen.shift();
    return path === undefined ? null : { grant: grant(path), name: basename(path) };
  }

  async function sendFile(response: ServerResponse, pathname: string): Promise<void> {
    const path = normalize(join(folder, pathname === '/' ? '/index.html' : pathname));
    const content = path.startsWith(folder + sep) ? await readFile(path).catch(() => null) : null;
    if (content === null) {
      response.writeHead(404).end();
      return;
    }
    const headers = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' };
    if (extname(path) !== '.html') {
      response.writeHead(200, headers).end(content);
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    response.writeHead(200, { ...headers, 'content-security-policy': policy.replaceAll('${nonce}', nonce) });
    response.end(String(content).replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`));
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ chosen, copied, grant },
    fileOf: (given) => grants.get(given) ?? null,
    mute: (mutes) => {
      isMuted = mutes;
    },
    emit: (event) => {
      if (isMuted) return;
      for (const page of pages.values()) page.emit(event);
    },
    connect: (to) => {
      dispatch = to;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The policy of electron/main, taken from its source: that module cannot be imported without Electron, and a copy would drift. */
function appPolicy(): string {
  const source = readFileSync(join(projectRoot, 'electron', 'main', 'security', 'app-protocol.ts'), 'utf8');
  const [, list = ''] = /function policy\([^)]*\)[^{]*\{\s*return \[([\s\S]*?)\]/u.exec(source) ?? [];
  const directives = [...list.matchAll(/["`]([a-z-]+ [^"`]*)["`]/gu)].map(([, directive]) => directive);
  if (directives.length < 8) throw new Error('electron/main/security/app-protocol.ts has no policy that can be read');
  return directives.join('; ');
}
