import type { Engine } from '../../../electron/engine/engine.ts';
import type { AppClient } from '../../../shared/contract/contract.ts';
import { stuckBehindOthers } from '../../harness/stuck-behind-others.ts';
import type { Standing } from './deed.ts';
import { lineOf } from './judge.ts';

/** How a console stands: its screens, its queue, its files. */
export async function standingOf(console: string, engine: Engine, client: AppClient): Promise<Standing> {
  const { repositories } = engine;
  const { waitingCount } = await client.sync.status({ accountId: null });
  const { changes } = repositories.outbox.page(engine.context.session.actor(), null, { offset: 0, limit: 100_000 });
  const stuck = stuckBehindOthers(engine);
  const attention = [...changes.filter(({ state }) => state === 'conflict' || state === 'quarantine'), ...stuck];
  const named = await Promise.all(
    attention.map(async ({ lid, patch, reason, type, state }) => {
      const user = type === 'user' ? await client.users.get({ id: lid }) : null;
      const name = user?.email ?? String(patch['email'] ?? patch['name'] ?? lid);
      return { name, reason: `${state} ${reason}` };
    }),
  );
  const uploads = repositories.uploads.list(engine.context.session.actor(), null);
  const refused = uploads.flatMap(({ importId }) =>
    repositories.uploadRows
      .page(importId, 'refused', { offset: 0, limit: 100_000 })
      .rows.map(({ email, reason }) => ({ name: email, reason })),
  );
  return {
    console,
    waitingCount: waitingCount - stuck.length,
    stopped: [...named, ...refused],
    shown: await shownLines(engine, client),
    integrity: [repositories.cache, repositories.journal].map(({ sql, name }) => {
      const result = sql.pragma('integrity_check', { simple: true }) as string;
      return result === 'ok' ? 'ok' : `${name}: ${result}`;
    }),
    brokenAudit: repositories.audit.firstBroken(),
  };
}

async function shownLines(engine: Engine, client: AppClient): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { lid, sid } of engine.repositories.accounts.all()) {
    for (let offset = 0; ; offset += 200) {
      const { rows, total } = await client.users.page({ accountId: lid, offset, limit: 200 });
      for (const { id } of rows) {
        const user = await client.users.get({ id });
        if (user) lines.push(lineOf(sid ?? lid, user) + (user.pending === null ? '' : `|${user.pending}`));
      }
      if (offset + rows.length >= total || rows.length === 0) break;
    }
  }
  return lines;
}
