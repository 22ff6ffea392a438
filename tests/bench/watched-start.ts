import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { must } from '../../shared/lib/must.ts';

/** Milliseconds from the start of the process, by the name of what was painted. */
export type Marks = Readonly<Record<string, number>>;

const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 10;

const ATTEMPTS = 3;

/** Starts a program, asks its first page when it painted what, ends it. `script` is an expression: a promise of times since 1970. */
export async function watchStart(command: readonly string[], script: string): Promise<Marks> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const marks = await watchOnce(command, script);
    if (marks) return marks;
    // Told, because it is not in the figures.
    process.stderr.write(`A start painted nothing in ${PATIENCE_MS / 1000} s and was repeated: ${command.join(' ')}\n`);
  }
  throw new Error(`nothing was painted: ${command.join(' ')}`);
}

async function watchOnce(command: readonly string[], script: string): Promise<Marks | null> {
  const [program, ...args] = command;
  const all = [...args, '--remote-debugging-port=0', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(must(program, 'a program is named'), all, { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(child, 'exit');
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  try {
    const host = new URL(await debuggingAddress(child)).host;
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`nothing was painted within a minute: ${command.join(' ')}`);
      const times = await askPage(host, script);
      if (times) return Object.fromEntries(Object.entries(times).map(([name, at]) => [name, at - startedAt]));
      await pause(LOOK_EVERY_MS);
    }
  } finally {
    clearTimeout(late);
    child.kill('SIGTERM');
    await gone;
  }
}

type Target = { readonly type: string; readonly url: string; readonly webSocketDebuggerUrl: string };
type Answer = { readonly result?: { readonly result?: { readonly value?: Record<string, number> } } };

/** Null: there is no page yet, or it went on to another document meanwhile. */
async function askPage(host: string, expression: string): Promise<Record<string, number> | null> {
  const targets = (await (
    await fetch(`http://${host}/json/list`).catch(() => Response.json([]))
  ).json()) as readonly Target[];
  const page = targets.find(({ type, url }) => type === 'page' && /^(app|file):/u.test(url));
  if (!page) return null;
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  return new Promise((resolve) => {
    const params = { expression, awaitPromise: true, returnByValue: true };
    socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params })));
    socket.addEventListener('message', ({ data }) => {
      resolve((JSON.parse(String(data)) as Answer).result?.result?.value ?? null);
      socket.close();
    });
    socket.addEventListener('close', () => resolve(null));
    socket.addEventListener('error', () => resolve(null));
  });
}

/** When the first content was painted. */
export const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName('first-contentful-paint')[0];
    if (paint) resolve({ paint: performance.timeOrigin + paint.startTime });
  }).observe({ type: 'paint', buffered: true });
})`;

/** When the accounts were painted, and when, after one was clicked, a page of its users. */
export function listPaints(account: { readonly name: string; readonly domain: string }): string {
  return `(async () => {
  const painted = () => new Promise((resolve) =>
    requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now()))));
  const rowsWith = (text) => [...document.querySelectorAll('[role=row]')].filter((row) => row.textContent.includes(text));
  const until = (isThere) => new Promise((resolve) => {
    const look = () => {
      if (!isThere()) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    look();
  });
  const { paint } = await ${FIRST_PAINT};
  await until(() => rowsWith(${JSON.stringify(account.name)}).length > 0);
  const accounts = await painted();
  const [row] = rowsWith(${JSON.stringify(account.name)});
  (row.querySelector('a') ?? row).click();
  await until(() => rowsWith(${JSON.stringify(`@${account.domain}`)}).length > 10);
  return { paint, accounts, users: await painted() };
})()`;
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const address = /DevTools listening on (ws:\S+)/u.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`the program ended before its page could be watched:\n${said}`)));
  });
}
