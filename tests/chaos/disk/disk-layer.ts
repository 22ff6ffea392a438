import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepositories, type Repositories } from '../../../electron/engine/database/repositories.ts';
import { checkJournal } from '../../../electron/engine/database/safety/check-store.ts';
import { storeFaultOf } from '../../../electron/engine/database/safety/damage.ts';
import { closeProfile, openProfile } from '../../../electron/engine/database/safety/open-profile.ts';
import { createIdentifiers } from '../../../electron/engine/runtime/identifiers.ts';
import { createManualClock } from '../../harness/manual-clock.ts';
import { seededBytes, seededRandom } from '../../harness/seeded-random.ts';
import type { Layer, LayerOptions, Violation } from '../layer.ts';

const AT = '2026-11-02T08:00:00.000Z';
const ROOM = 1_000_000;

/** SYNC 4.2, L6. One run: edits until the disk is full at a random statement of a random transaction, then room again, then on. */
export const layer: Layer = {
  name: 'L6',
  title: 'disk full',
  unit: 'full disks',
  perCommit: 200,
  nightly: 2000,
  run({ seed, runs, stopAtFirst, progress }: LayerOptions) {
    const violations: Violation[] = [];
    const counts: Record<string, number> = { saved: 0, refused: 0 };
    let done = 0;
    while (done < runs) {
      if (stopAtFirst && violations.length > 0) break;
      done += 1;
      const { problems, saved, refused } = fillOnce(seededRandom(seed * 1_000_003 + done));
      counts['saved'] = (counts['saved'] ?? 0) + saved;
      counts['refused'] = (counts['refused'] ?? 0) + refused;
      for (const what of problems) violations.push({ invariant: 'I2', seed, run: done, what, trace: [] });
      progress(done);
    }
    return Promise.resolve({ runs: done, counts, violations });
  },
};

function fillOnce(random: () => number) {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-full-'));
  try {
    const clock = createManualClock();
    const profile = openProfile(folder, AT);
    const { sql } = profile.journal;
    sql.pragma('synchronous = OFF');
    const repositories = createRepositories(profile.cache, profile.journal, clock);
    const identifiers = createIdentifiers(clock, seededBytes(random));
    const saved = new Set<string>();
    const refused = new Set<string>();
    const problems: string[] = [];
    const fullAt = Math.floor(random() * 30);
    for (let index = 0; index < 60; index += 1) {
      const opId = identifiers.next();
      const statement = index >= fullAt && refused.size < 5 ? Math.floor(random() * 4) : 9;
      const limit = (at: number): void => {
        if (at === statement) sql.pragma(`max_page_count = ${Number(sql.pragma('page_count', { simple: true }))}`);
      };
      try {
        addEdit(repositories, { opId, lid: identifiers.next(), size: Math.floor(random() * 6000) }, limit);
        saved.add(opId);
      } catch (error) {
        if (storeFaultOf(error)?.kind !== 'full') problems.push(`another error than "full": ${String(error)}`);
        refused.add(opId);
      }
      if (random() < 0.5) sql.pragma(`max_page_count = ${ROOM}`);
    }
    sql.pragma(`max_page_count = ${ROOM}`);
    const last = identifiers.next();
    addEdit(repositories, { opId: last, lid: identifiers.next(), size: 10 }, () => undefined);
    saved.add(last);
    problems.push(...judge(repositories, saved, refused));
    closeProfile(profile);
    const again = openProfile(folder, AT);
    if (again.rescues.length > 0) problems.push('a full disk was taken for damage');
    problems.push(...judge(createRepositories(again.cache, again.journal, clock), saved, refused));
    closeProfile(again);
    return { problems, saved: saved.size, refused: refused.size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Edit = { readonly opId: string; readonly lid: string; readonly size: number };

/** Four statements in one transaction; before each of them the disk may become full. */
function addEdit({ journal, ids, outbox, audit, meta }: Repositories, edit: Edit, limit: (at: number) => void): void {
  const { opId, lid, size } = edit;
  const patch = { firstName: 'x'.repeat(size) };
  journal.write((tx) => {
    limit(0);
    ids.mint(tx, lid, 'user', AT);
    limit(1);
    outbox.enqueue(tx, {
      ...{ opId, groupId: opId, actor: 'a', type: 'user', lid, accountLid: 'account-1', kind: 'create', patch },
      ...{ seen: {}, schemaVersion: 1, idemKey: opId, createdAt: AT, needs: [lid] },
    });
    limit(2);
    const detail = JSON.stringify({ type: 'user', lid, accountLid: 'account-1', create: patch });
    audit.append(tx, { at: AT, actor: 'a', opId, event: 'queued', detail, correlationId: '' });
    limit(3);
    meta.set(tx, `mark-${opId}`, opId);
  });
}

function judge(
  { journal, outbox, audit, meta }: Repositories,
  saved: ReadonlySet<string>,
  refused: ReadonlySet<string>,
): readonly string[] {
  const problems = [...checkJournal(journal.sql)];
  if (audit.firstBroken() !== null) problems.push('the history does not verify');
  for (const opId of saved) if (!outbox.get(opId)) problems.push(`an acknowledged edit is lost: ${opId}`);
  for (const opId of refused) {
    if (outbox.get(opId) || audit.of(opId).length > 0 || meta.get(`mark-${opId}`) !== null)
      problems.push(`a refused edit is half there: ${opId}`);
  }
  return problems;
}
