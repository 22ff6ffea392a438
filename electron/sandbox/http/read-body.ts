import type { IncomingMessage } from 'node:http';
import { Refused } from './answer.ts';

const LIMIT_BYTES = 32 * 1024 * 1024;

/** The whole body as text. */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMIT_BYTES) throw new Refused(413, 'The body of this request is larger than 32 MB. Send it in parts.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
