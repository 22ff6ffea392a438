import type { Session } from 'electron';

/**
 * What the engine's process must know to take the proxy that the system (or its PAC file) names for the cloud.
 * SOCKS is not among what Node's fetch can use; then the engine tries directly and says what came of it.
 */
export async function proxyEnvironment(session: Session, cloudUrl: string): Promise<NodeJS.ProcessEnv> {
  // "PROXY proxy.example:8080; DIRECT": the first that is offered is the one to use.
  const [first = ''] = (await session.resolveProxy(cloudUrl)).split(';');
  const [, kind, address] = /^\s*(PROXY|HTTPS)\s+(\S+)/u.exec(first) ?? [];
  if (kind === undefined || address === undefined) return {};
  const proxy = `${kind === 'HTTPS' ? 'https' : 'http'}://${address}`;
  return { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: '127.0.0.1,localhost,[::1]' };
}
