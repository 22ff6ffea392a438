import { z } from 'zod';
import { fieldValue } from '../model/change.ts';
import { instant } from '../model/ids.ts';

const values = z.record(z.string(), fieldValue);

/**
 * A queue that travels to another laptop (OFF-2). Holds what was never sent, with its ids and keys: whichever laptop sends it, the cloud
 * sees one request. No secrets, no tokens.
 */
export const outboxFile = z.strictObject({
  format: z.literal('fieldlink-outbox'),
  version: z.literal(1),
  exportedAt: instant,
  cloud: z.string(),
  actor: z.string(),
  actorName: z.string(),
  changes: z.array(
    z.strictObject({
      opId: z.uuid(),
      groupId: z.uuid(),
      type: z.string(),
      kind: z.enum(['create', 'patch', 'delete']),
      lid: z.uuid(),
      /** The server's id of the record; null for one that exists only in this file. */
      sid: z.string().nullable(),
      accountLid: z.uuid().nullable(),
      accountSid: z.string().nullable(),
      name: z.string(),
      patch: values,
      seen: values,
      schemaVersion: z.int().positive(),
      idemKey: z.uuid(),
      createdAt: instant,
    }),
  ),
});
export type OutboxFile = z.output<typeof outboxFile>;
