import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { must } from '../../shared/lib/must.ts';

/** Milliseconds from the start of the process, by the name of what was painted. */
export type Marks = Readonly<Record<string, number>>;

const PATIENCE_MS = 30_000;

type Reply = { id?: number; sessionId?: string; method?: string; params?: Record<string, unknown> };

/** Starts a program, waits until its page has said `until`, ends it. The page's script runs before the page's own. */
export async function watchStart(options: {
  readonly command: readonly string[];
  readonly pageScript: string;
  readonly until: string;
}): Promise<Marks> {
  const [program, ...args] = options.command;
  const all = [...args, '--remote-debugging-port=0', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(must(program, 'a program is named'), all, { stdio: ['ignore', 'ignore', 'pipe'] });
  const marks: Record<string, number> = {};
  let patience: NodeJS.Timeout | undefined;
  const socket = new WebSocket(await debuggingAddress(child));
  try {
    await new Promise<void>((resolve, reject) => {
      let lastId = 0;
      const send = (method: string, params: object, sessionId?: string): void => {
        lastId += 1;
        socket.send(JSON.stringify({ id: lastId, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
      };
      socket.addEventListener('open', () =>
        send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      );
      socket.addEventListener('message', ({ data }) => {
        const { method, params = {} } = JSON.parse(String(data)) as Reply;
        if (method === 'Target.attachedToTarget') {
          const session = String(params['sessionId']);
          send('Page.enable', {}, session);
          send('Runtime.enable', {}, session);
          send('Runtime.addBinding', { name: 'mark' }, session);
          const source = `if (!globalThis.isWatched) { globalThis.isWatched = true; ${options.pageScript} }`;
          send('Page.addScriptToEvaluateOnNewDocument', { source }, session);
          send('Runtime.runIfWaitingForDebugger', {}, session);
          // A small page may be there before the debugger.
          send('Runtime.evaluate', { expression: source }, session);
        }
        if (method !== 'Runtime.bindingCalled') return;
        const { name, at } = JSON.parse(String(params['payload'])) as { name: string; at: number };
        marks[name] ??= at - startedAt;
        if (name === options.until) resolve();
      });
      child.once('exit', () => reject(new Error('the program ended before its page was painted')));
      patience = setTimeout(
        () => reject(new Error(`“${options.until}” was not painted in time; painted were: ${Object.keys(marks).join(', ')}`)),
        PATIENCE_MS,
      );
    });
  } finally {
    clearTimeout(patience);
    socket.close();
    const gone = child.exitCode === null ? once(child, 'exit') : null;
    child.kill('SIGTERM');
    await gone;
  }
  return marks;
}

/** Says when the first content was painted. */
export const FIRST_PAINT = `new PerformanceObserver((list) => {
  const paint = list.getEntriesByName('first-contentful-paint')[0];
  if (paint) mark(JSON.stringify({ name: 'paint', at: performance.timeOrigin + paint.startTime }));
}).observe({ type: 'paint', buffered: true });`;

/** Says when the accounts were painted, opens one, and says when a page of its users was. */
export function listPaints(accountName: string): string {
  return `${FIRST_PAINT}
  let isOpened = false;
  const painted = (name) => requestAnimationFrame(() => setTimeout(() =>
    mark(JSON.stringify({ name, at: performance.timeOrigin + performance.now() }))));
  const look = () => {
    const rows = [...document.querySelectorAll('[role=row]')];
    const account = rows.find((row) => row.textContent.includes(${JSON.stringify(accountName)}));
    if (account && !isOpened) {
      isOpened = true;
      painted('accounts');
      requestAnimationFrame(() => setTimeout(() => (account.querySelector('a') ?? account).click()));
    }
    if (isOpened && rows.filter((row) => /@overland\\.example/u.test(row.textContent)).length > 10) {
      painted('users');
      observer.disconnect();
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
  look();`;
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
