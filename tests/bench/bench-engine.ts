import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openEngine, type Engine } from '../../electron/engine/command-engine.ts';
import { contract, type AppClient } from '../../shared/contract/contract.ts';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { root } from './bench-cloud.ts';

export type BenchEngine = { readonly engine: Engine; readonly client: AppClient };

/** An engine on this folder, signed in as the demo technician. Grants are paths. */
export async function openBenchEngine(directory: string, url: string): Promise<BenchEngine> {
  const engine = await openEngine({
    config: { directory, cloud: { url, label: 'sandbox', isSandbox: true }, isDemoSignIn: false, appVersion: '0.1.0' },
    randomBytes: (count) => randomBytes(count),
    readerEntry: join(root, 'dist', 'engine', 'reader.mjs'),
    host: { openExternal: () => Promise.resolve(), fileOf: (grant) => grant },
  });
  const client = createClient(contract, {
    call: (request, signal) => engine.dispatch(structuredClone(request), signal),
    listen: () => () => undefined,
  });
  const signedIn = await client.session.signInAdmin({ email: DEMO_PARTNER.email, password: DEMO_PARTNER.password });
  if (!signedIn.ok) throw new Error(`the sandbox refused the technician: ${signedIn.refusal.code}`);
  return { engine, client };
}
