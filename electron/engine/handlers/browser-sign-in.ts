import { refuse } from '../../../shared/rpc/outcome.ts';
import type { GrantOutcome } from '../remote/oauth.ts';
import { openLoopbackRedirect, type LoopbackRedirect } from '../remote/loopback-redirect.ts';
import type { EngineContext } from './engine-context.ts';

const WAIT_FOR_BROWSER_MS = 10 * 60_000;
/** One browser sign-in at a time; a second click must not open a second page. */
const waiting = new WeakSet<EngineContext>();

export function isBrowserOpen(context: EngineContext): boolean {
  return waiting.has(context);
}

type Granted = Exclude<GrantOutcome, { kind: 'refused' }>;

/** Opens the system browser, waits for its answer and lets `use` take what was granted. */
export async function signInByBrowser<T>(
  context: EngineContext,
  signal: AbortSignal,
  use: (grant: Granted) => Promise<T>,
) {
  if (waiting.has(context)) return refuse('session.already-running', 'a browser page is open');
  const { oauth, host, clock, changed } = context;
  waiting.add(context);
  changed('session');
  const patience = new AbortController();
  const stopTimer = clock.after(WAIT_FOR_BROWSER_MS, () => patience.abort());
  let redirect: LoopbackRedirect | null = null;
  try {
    redirect = await openLoopbackRedirect();
    const code = await oauth.startCode(redirect.redirectUri);
    await host.openExternal(code.url.href);
    const callback = await redirect.wait(AbortSignal.any([signal, patience.signal]));
    if (!callback) return refuse('session.cancelled', 'nobody came back from the browser');
    const grant = await code.finish(callback);
    if (grant.kind !== 'refused') return await use(grant);
    if (grant.error === 'access_denied') return refuse('session.cancelled', grant.message);
    return refuse('session.rejected', grant.message, { error: grant.error });
  } finally {
    stopTimer();
    redirect?.close();
    waiting.delete(context);
    changed('session');
  }
}
