import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeProfile, openProfile } from '../../../electron/engine/database/safety/open-profile.ts';
import { seededRandom } from '../../harness/seeded-random.ts';
import type { Layer, LayerOptions, Violation } from '../layer.ts';
import { damageJournal } from './damage-journal.ts';
import { judgeJournal, readableIn } from './judge-journal.ts';
import { writeJournal } from './journal-scene.ts';

/** SYNC 4.2, L10. One run: a journal as a day of work leaves it, damaged once, opened, judged; and opened once more. */
export const layer: Layer = {
  name: 'L10',
  title: 'corruption',
  unit: 'damaged journals',
  perCommit: 200,
  nightly: 5000,
  async run({ seed, runs, stopAtFirst, progress }: LayerOptions) {
    const violations: Violation[] = [];
    const counts: Record<string, number> = {};
    let done = 0;
    while (done < runs) {
      if (stopAtFirst && violations.length > 0) break;
      done += 1;
      const { problems, kind, rescues, edits } = await damageOnce(seededRandom(seed * 1_000_003 + done));
      counts[kind] = (counts[kind] ?? 0) + 1;
      counts['rescues'] = (counts['rescues'] ?? 0) + rescues;
      counts['edits'] = (counts['edits'] ?? 0) + edits;
      for (const what of problems) violations.push({ invariant: 'I2', seed, run: done, what, trace: [kind] });
      progress(done);
    }
    return { runs: done, counts, violations };
  },
};

async function damageOnce(random: () => number) {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-damage-'));
  try {
    const [live, before, after] = ['live', 'before', 'after'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const scene = await writeJournal(live, before, random);
    cpSync(before, after, { recursive: true });
    const damage = damageJournal(after, random);
    const readable = readableIn(before, damage, scene);
    const first = open(after, '2026-11-02T12:00:00.000Z');
    const problems = [...first.problems, ...judgeJournal(first.profile.journal.sql, scene, readable)];
    closeProfile(first.profile);
    // A rescue that has to be done again at the next start was none.
    const second = open(after, '2026-11-02T12:00:01.000Z');
    if (second.profile.rescues.length > 0) problems.push(`rescued twice: ${second.profile.rescues[0]?.cause}`);
    closeProfile(second.profile);
    const files = readdirSync(after).filter((name) => name.includes('.rescued'));
    if (files.length > 0) problems.push(`left over: ${files.join(', ')}`);
    const { rescues } = first.profile;
    return { problems, kind: damage.kind, rescues: rescues.length, edits: scene.edits.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function open(directory: string, at: string) {
  // Only what happens to the files is judged here; waiting for the disk is not.
  const profile = openProfile(directory, at);
  const problems = profile.rescues.flatMap(({ store, id }) => {
    const kept = readdirSync(join(directory, 'quarantine', id));
    return store === 'journal' && kept.length === 0 ? [`nothing kept in ${id}`] : [];
  });
  return { profile, problems };
}
