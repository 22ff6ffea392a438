import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readWorkspaces, withCloud, withRegion, writeWorkspaces } from './workspace-file.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function aProfile(...clouds: readonly string[]): string {
  const profile = mkdtempSync(join(tmpdir(), 'fieldlink-workspaces-'));
  folders.push(profile);
  for (const name of clouds) mkdirSync(join(profile, 'clouds', name), { recursive: true });
  return profile;
}

it('SES-4: the data of a profile from before becomes the first workspace, in its folder', () => {
  const { workspaces, active } = withCloud(readWorkspaces(aProfile('sandbox')), null);
  expect(active).toBe('sandbox');
  expect(workspaces).toMatchObject([{ id: 'sandbox', label: 'Sandbox', region: 'sandbox', cloudUrl: null }]);
});

it.each(['{', '{"active":"x","workspaces":[{"id":"../../etc"}]}', '[]'])(
  'SES-4: a damaged list (%s) is made anew from the folders found',
  (text) => {
    const profile = aProfile('sandbox', 'sandbox-eu', '127.0.0.1_4000', 'eu.api.mitel.io', 'cloud.example');
    writeFileSync(join(profile, 'workspaces.json'), text);
    expect(readWorkspaces(profile).workspaces.map(({ id, region, cloudUrl }) => [id, region, cloudUrl])).toEqual([
      ['127.0.0.1_4000', 'sandbox', 'http://127.0.0.1:4000'],
      ['cloud.example', 'other', 'https://cloud.example'],
      ['eu.api.mitel.io', 'eu', 'https://eu.api.mitel.io'],
      ['sandbox', 'sandbox', null],
      ['sandbox-eu', 'eu', null],
    ]);
  },
);

it('SES-4: what is kept comes back, readable by nobody else, with folders, colours and names that differ', () => {
  const profile = aProfile();
  let book = withCloud(readWorkspaces(profile), null);
  book = withRegion(book, { region: 'eu', isTraining: true });
  book = withRegion(book, { region: 'eu', isTraining: false });
  book = withRegion(book, { region: 'eu', isTraining: false });
  writeWorkspaces(profile, book);
  expect(readWorkspaces(profile)).toEqual(book);
  const path = join(profile, 'workspaces.json');
  expect([statSync(path).mode % 0o1000, readFileSync(path, 'utf8').includes('token')]).toEqual([0o600, false]);
  expect(book.workspaces.map(({ id, label }) => [id, label])).toEqual([
    ['sandbox', 'Sandbox'],
    ['sandbox-eu', 'Sandbox Europe'],
    ['eu.api.mitel.io', 'Europe'],
    ['eu.api.mitel.io-2', 'Europe 2'],
  ]);
  expect(new Set(book.workspaces.map(({ colour }) => colour)).size).toBe(4);
  expect(withCloud(book, null)).toEqual({ ...book, active: 'sandbox' });
});
