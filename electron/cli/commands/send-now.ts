import type { ConsoleSession } from '../console-session.ts';

/** Without a sign-in nothing can be sent; a whole pass finds out why, so that the document does not say that it is not known. */
export async function sendNow({ client, engine }: ConsoleSession): Promise<void> {
  const { status } = await client.session.state({});
  const { scheduler } = engine.context;
  const { signal } = new AbortController();
  await (status === 'signed-in' ? scheduler.push(signal) : scheduler.once(signal));
}
