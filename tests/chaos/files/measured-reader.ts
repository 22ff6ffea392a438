import { appendFileSync, readFileSync } from 'node:fs';
// The reader of the product, watched from within its own process: what it sends, and the most memory it ever had.
import '../../../electron/engine/reader.ts';
import type { ReaderReply, ReaderRequest } from '../../../electron/engine/imports/reading/reader-messages.ts';

let seen = '';
const send = process.send?.bind(process);

process.prependListener('message', (message) => {
  const request = message as ReaderRequest;
  if (request.type === 'read') seen = `${request.path}.seen`;
  // All columns, so that every value of the file can be compared.
  else Object.assign(request, { columns: null });
});

process.send = (message: ReaderReply) => {
  appendFileSync(seen, `${JSON.stringify({ peakMb: peakMb(), cpuMs: cpuMs(), message }, asLists)}\n`);
  return send?.(message) ?? false;
};

function asLists(_key: string, value: unknown): unknown {
  return value instanceof Uint32Array || value instanceof Uint16Array ? [...value] : value;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Not `resourceUsage`: its maximum begins with that of the process that forked this one. */
function peakMb(): number {
  return Number(/VmHWM:\s+(\d+)/u.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
}
