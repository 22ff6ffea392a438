import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

/** Process entry of the sandbox cloud: `--directory DIR --port N --tenants demo|small|empty`. */
type ParentPort = { postMessage(message: unknown): void };

const USAGE = 'Use: --directory DIR --port N --tenants demo|small|empty';

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) return fail(USAGE, 2);
  let sandbox: Sandbox;
  try {
    sandbox = await startSandbox(options);
  } catch (error) {
    return fail(sentenceOf(error, options.port), 1);
  }
  const end = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  announce({ type: 'ready', url: sandbox.url });
}

function readOptions(): SandboxOptions | null {
  try {
    const { values } = parseArgs({
      options: { directory: { type: 'string' }, port: { type: 'string' }, tenants: { type: 'string' } },
    });
    const port = Number(values.port ?? '0');
    const tenants = values.tenants ?? 'demo';
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return null;
    if (tenants !== 'demo' && tenants !== 'small' && tenants !== 'empty') return null;
    return { directory: values.directory ?? null, port, tenants };
  } catch {
    return null;
  }
}

function sentenceOf(error: unknown, port: number): string {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `Port ${port} on this computer is taken by another program. End that program, or start the sandbox with another --port.`;
  }
  return `The sandbox cloud could not start: ${error instanceof Error ? error.message : String(error)}`;
}

function announce(message: { readonly type: 'ready'; readonly url: string }): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
  process.send?.(message);
  // Set by Electron in a utility process; this program knows nothing else of Electron.
  (process as { readonly parentPort?: ParentPort }).parentPort?.postMessage(message);
}

function fail(sentence: string, code: number): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}

await main();
