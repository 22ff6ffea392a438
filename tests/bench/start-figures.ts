import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { must } from '../../shared/lib/must.ts';
import { root, type BenchCloud } from './bench-cloud.ts';
import { figure, type Figure } from './figures.ts';
import { FIRST_PAINT, listPaints, watchStart, type Marks } from './watched-start.ts';

const RUNS = 7;
const LARGE = { name: 'Overland Parcel Union', domain: 'overland.example' };
const FLOOR = 'empty window of the same runtime';

/** Starts on a profile that holds 103,000 users: with a cloud beside it, and with the embedded sandbox cloud to start first. */
export async function startFigures(folder: string, cloud: BenchCloud): Promise<readonly Figure[]> {
  const app = commandOf('FIELDLINK_BENCH_APP');
  const floor = commandOf('FIELDLINK_BENCH_FLOOR');
  const profiles = { cloud: join(folder, 'with-cloud'), sandbox: join(folder, 'with-sandbox') };
  syncProfile(profiles.cloud, ['--cloud', cloud.url]);
  syncProfile(profiles.sandbox, []);
  const script = listPaints(LARGE);
  const onCloud = [...app, `--profile=${profiles.cloud}`, `--cloud=${cloud.url}`];
  const onSandbox = [...app, `--profile=${profiles.sandbox}`];
  // The first start of each fills the caches of the system and of Chromium; it is not counted.
  await watchStart(floor, FIRST_PAINT);
  await watchStart(onCloud, script);
  await watchStart(onSandbox, script);
  const starts: Record<'floor' | 'cloud' | 'sandbox', Marks[]> = { floor: [], cloud: [], sandbox: [] };
  for (let run = 0; run < RUNS; run += 1) {
    starts.floor.push(await watchStart(floor, FIRST_PAINT));
    starts.cloud.push(await watchStart(onCloud, script));
    starts.sandbox.push(await watchStart(onSandbox, script));
  }
  const floorSamples = samplesOf(starts.floor, 'paint');
  const line = (name: string, marks: readonly Marks[], mark: string): Figure =>
    figure({ name, unit: 'ms', floorName: FLOOR, floorSamples, samples: samplesOf(marks, mark) });
  return [
    line('start → first paint', starts.cloud, 'paint'),
    line('start → accounts painted', starts.cloud, 'accounts'),
    line('start → 100,000-user list open', starts.cloud, 'users'),
    line('start → accounts painted, embedded sandbox', starts.sandbox, 'accounts'),
    line('start → 100,000-user list open, embedded sandbox', starts.sandbox, 'users'),
  ];
}

function samplesOf(starts: readonly Marks[], mark: string): readonly number[] {
  return starts.map((marks) => must(marks[mark], `${mark} was painted`));
}

function commandOf(name: string): readonly string[] {
  return JSON.parse(must(process.env[name], 'npm run bench sets it')) as string[];
}

/** What was there when the console was last closed. */
function syncProfile(profile: string, options: readonly string[]): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli', 'fieldlink.mjs'), 'sync', '--profile', profile, ...options],
    {
      encoding: 'utf8',
      env: { ...process.env, FIELDLINK_EMAIL: DEMO_PARTNER.email, FIELDLINK_PASSWORD: DEMO_PARTNER.password },
    },
  );
  if (status !== 0) throw new Error(`the profile could not be filled: ${stderr}`);
}
