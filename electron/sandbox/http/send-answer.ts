import type { ServerResponse } from 'node:http';
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
  /** Announces the whole body and sends half of it. */
  readonly isTruncated: boolean;
};

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
  if (sending.isTruncated) {
    headers['content-length'] = body.length + 64;
    response.writeHead(answer.status === 204 ? 200 : answer.status, headers);
    response.write(body.length > 1 ? body.subarray(0, Math.floor(body.length / 2)) : '{', () => response.destroy());
    return;
  }
  if (answer.status !== 204 && answer.status !== 304) headers['content-length'] = body.length;
  response.writeHead(answer.status, headers);
  response.end(sending.isHead ? undefined : body);
}

function contentOf(answer: Answer): readonly [string, string] {
  if (answer.text) return [answer.text.type, answer.text.content];
  return answer.body === undefined ? ['', ''] : ['application/json; charset=utf-8', JSON.stringify(answer.body)];
}
