import type { EntityType } from '../domain/lane.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Cloud } from './cloud.ts';
import { entityOf, type ServerRecord } from './entities.ts';
import { fetchRecord } from './reconcile.ts';

/**
 * The answer to a repeated create may be a kept one: it tells what was stored once, not what is there now (SYNC 4.5). A record that no
 * look has shown is asked for: deleted before the first listing of its account it would be in no later delta and stay for ever.
 */
export async function newestOf(
  eyes: { readonly repositories: Repositories; readonly cloud: Cloud },
  at: { readonly type: EntityType; readonly accountSid: string | null },
  answered: ServerRecord,
): Promise<ServerRecord | null | 'unknown'> {
  const { repositories } = eyes;
  if (repositories.tombstones.has(answered.sid)) return null;
  const entity = entityOf(at.type);
  const lid = entity.lidBySid(repositories, answered.sid);
  if (lid !== null && entity.base(repositories, lid)) return answered;
  return fetchRecord(eyes, at.type, { sid: answered.sid, accountSid: at.accountSid });
}
