import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Answer } from './answer.ts';

const GZIP_FROM_BYTES = 1024;
const compress = promisify(gzip);

type Sending = {
  readonly answer: Answer;
  readonly headers: Readonly<Record<string, string>>;
  readonly acceptsGzip: boolean;
  readonly isHead: boolean;
  readonly manner: Manner;
};

/** `truncated` announces the whole body and sends half of it; `slow` sends it in drips, `pauseMs` apart. */
export type Manner = 'whole' | 'truncated' | { readonly kind: 'slow'; readonly pauseMs: number };

const DRIPS = 12;

/** Writes one answer. Resolves when it was handed to the socket. */
export async function sendAnswer(response: ServerResponse, sending: Sending): Promise<void> {
  const { answer } = sending;
  const [type, content] = contentOf(answer);
  const headers: Record<string, string | number> = { ...sending.headers, ...answer.headers };
  let body = Buffer.from(content, 'utf8');
  if (type !== '') headers['content-type'] = type;
  if (sending.acceptsGzip && body.length > GZIP_FROM_BYTES) {
    // The lowest level: on loopback the time of the answer counts, and it runs beside the server's thread.
    body = await compress(body, { level: constants.Z_BEST_SPEED });
    headers['content-encoding'] = 'gzip';
    headers['vary'] = 'accept-encoding';
  }
  if (response.destroyed) return;
  if (sending.manner === 'truncated') {
    headers['content-length'] = body.length + 64;
    response.writeHead(answer.status === 204 ? 200 : answer.status, headers);
    response.write(body.length > 1 ? body.subarray(0, Math.floor(body.length / 2)) : '{', () => response.destroy());
    return;
  }
  if (answer.status !== 204 && answer.status !== 304) headers['content-length'] = body.length;
  response.writeHead(answer.status, headers);
  if (sending.manner === 'whole' || sending.isHead) response.end(sending.isHead ? undefined : body);
  else await drip(response, body, sending.manner.pauseMs);
}

async function drip(response: ServerResponse, body: Buffer, pauseMs: number): Promise<void> {
  const size = Math.max(1, Math.ceil(body.length / DRIPS));
  for (let at = 0; at < body.length && !response.destroyed; at += size) {
    response.write(body.subarray(at, at + size));
    await wait(pauseMs);
  }
  response.end();
}

function contentOf(answer: Answer): readonly [string, string] {
  if (answer.text) return [answer.text.type, answer.text.content];
  return answer.body === undefined ? ['', ''] : ['application/json; charset=utf-8', JSON.stringify(answer.body)];
}
