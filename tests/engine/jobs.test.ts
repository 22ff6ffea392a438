import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import { aFolder, startEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aSandbox } from '../sandbox/sandbox-client.ts';

test('SHL-5: fetching a large account shows a job that ends', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { pageSize: 50 } } });
  const engine = await (await startEngine({ sandbox })).ready();
  const { jobs, activeCount } = await engine.client.jobs.list({});
  expect(activeCount).toBe(0);
  expect(jobs).toMatchObject([
    { kind: 'sync-users', state: 'done', accountName: 'Marrow Lane Retail Group', doneCount: 300, canCancel: false },
  ]);
  await engine.client.jobs.clear({});
  expect(await engine.client.jobs.list({})).toEqual({ jobs: [], activeCount: 0 });
});

test('SHL-5: an upload can be paused, survives a restart paused, goes on and is finished', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const { jobId } = queueUpload(engine, 30);
  expect(await engine.client.jobs.list({})).toMatchObject({
    activeCount: 1,
    jobs: [{ state: 'waiting', reason: 'waits-for-network', canPause: true }],
  });
  expect(await engine.client.jobs.pause({ id: jobId })).toMatchObject({ ok: true });
  const again = await engine.restart();
  await until(
    'at rest',
    () => again.client.sync.status({ accountId: null }),
    ({ isSyncing, accountsSyncedAt }) => !isSyncing && accountsSyncedAt !== null,
  );
  expect(again.sandbox.oracle.log()).toEqual([]);
  expect(await again.client.jobs.list({})).toMatchObject({
    jobs: [{ id: jobId, state: 'paused', doneCount: 0, totalCount: 30 }],
  });
  expect(await again.client.jobs.resume({ id: jobId })).toMatchObject({ ok: true });
  await again.settled();
  expect(await again.client.jobs.list({})).toMatchObject({
    activeCount: 0,
    jobs: [{ id: jobId, state: 'done', doneCount: 30, totalCount: 30, problemCount: 0 }],
  });
  expect(again.sandbox.oracle.log()).toHaveLength(30);
  expect(await again.client.jobs.pause({ id: jobId })).toMatchObject({ refusal: { code: 'job.not-possible' } });
});

test('SHL-5: cancelling an upload takes the rows off the queue that were not sent', async () => {
  const path = join(aFolder(), 'people.csv');
  writeFileSync(
    path,
    'FIRST NAME,LAST NAME,NAME,EMAIL,ROLE\nOne,Row,,one@upload.example,User\nTwo,Row,,two@upload.example,\n',
  );
  const engine = await (await startEngine({ files: new Map([['grant', path]]) })).ready();
  await engine.setOffline(true);
  const opened = await engine.client.imports.open({ accountId: engine.account(), file: 'grant' });
  const uploaded = await engine.client.imports.upload({
    id: must(opened.ok ? opened.value.id : null, 'the file is read'),
  });
  const jobId = must(uploaded.ok ? uploaded.value.jobId : null, 'the rows are queued');
  expect(await engine.client.outbox.list({ accountId: null })).toMatchObject({ batches: [{ waitingCount: 2 }] });
  expect(await engine.client.jobs.cancel({ id: jobId })).toMatchObject({ ok: true });
  expect(await engine.client.imports.list({ accountId: null })).toMatchObject({
    imports: [{ rowCount: 2, errorCount: 0 }],
  });
  const { jobs } = await engine.client.jobs.list({});
  expect(jobs.find(({ id }) => id === jobId)).toMatchObject({ state: 'cancelled' });
  expect(await engine.client.jobs.cancel({ id: jobId })).toMatchObject({ refusal: { code: 'job.not-possible' } });
  await engine.setOffline(false);
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toEqual([]);
});

test('SHL-5: an unknown job is not found', async () => {
  const engine = await startEngine();
  const id = '00000000-0000-7000-8000-000000000000' as never;
  for (const call of [engine.client.jobs.pause, engine.client.jobs.resume, engine.client.jobs.cancel]) {
    expect(await call({ id })).toMatchObject({ refusal: { code: 'job.not-found' } });
  }
});

test('SHL-5: progress, rate and what is left follow the clock', async () => {
  const clock = createManualClock();
  const engine = await startEngine({ clock });
  const tracker = engine.engine.context.jobs;
  const id = tracker.start({ kind: 'template', accountLid: null, importId: null, subject: 'x', totalCount: 100 });
  for (const doneCount of [0, 10, 20]) {
    tracker.update(id, { doneCount });
    clock.advance(1000);
  }
  expect(await engine.client.jobs.list({})).toMatchObject({
    activeCount: 1,
    jobs: [{ rate: 10, etaSeconds: 8, doneCount: 20 }],
  });
  const again = await engine.restart({ clock });
  expect(await again.client.jobs.list({})).toMatchObject({
    activeCount: 0,
    jobs: [{ state: 'cancelled', reason: 'interrupted' }],
  });
});
