import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  WORKSPACE_COLOURS,
  workspace,
  type NewWorkspace,
  type Workspace,
  type WorkspaceRegion,
} from '../../../shared/bridge/workspaces.ts';
import { CLOUD_REGIONS, regionOf, regionUrl } from '../../../shared/cloud/regions.ts';
import { isLoopback } from '../launch-options.ts';

export type WorkspaceBook = {
  /** The one that the next start opens. */
  readonly active: string;
  readonly workspaces: readonly Workspace[];
};

const FILE = 'workspaces.json';
const SANDBOX = 'sandbox';
const book = z.object({ active: z.string(), workspaces: z.array(workspace).max(99) });

/** What was kept; a file that is damaged or missing is made anew from the folders that are there (SES-4). */
export function readWorkspaces(profile: string): WorkspaceBook {
  try {
    const kept = book.parse(JSON.parse(readFileSync(join(profile, FILE), 'utf8')));
    const workspaces = kept.workspaces.filter(({ id }, at) => kept.workspaces.findIndex((one) => one.id === id) === at);
    return { ...kept, workspaces };
  } catch {
    const workspaces: Workspace[] = [];
    for (const id of foldersIn(profile)) workspaces.push(fromFolder(id, workspaces));
    return { active: '', workspaces };
  }
}

/** Whole or not at all: written beside its place and moved into it. */
export function writeWorkspaces(profile: string, kept: WorkspaceBook): void {
  const path = join(profile, FILE);
  writeFileSync(`${path}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

/** The workspace of this cloud, entered when it is not there yet. `null`: the embedded sandbox. */
export function withCloud(kept: WorkspaceBook, cloudUrl: string | null): WorkspaceBook {
  const id = folderOf(cloudUrl);
  const workspaces = kept.workspaces.some((one) => one.id === id)
    ? kept.workspaces
    : [...kept.workspaces, entry(id, cloudUrl, kept.workspaces)];
  return { active: id, workspaces };
}

/** Another one for a region. The same partner twice in one region is the person's own wish: each has a folder of its own. */
export function withRegion(kept: WorkspaceBook, { region, isTraining }: NewWorkspace): WorkspaceBook {
  const stem = isTraining ? `${SANDBOX}-${region}` : folderOf(regionUrl(region));
  let id = stem;
  for (let next = 2; kept.workspaces.some((one) => one.id === id); next += 1) id = `${stem}-${next}`;
  const made = entry(id, isTraining ? null : regionUrl(region), kept.workspaces);
  return { active: id, workspaces: [...kept.workspaces, { ...made, region }] };
}

function folderOf(cloudUrl: string | null): string {
  return cloudUrl === null ? SANDBOX : new URL(cloudUrl).host.replaceAll(/[^a-z0-9.-]/giu, '_');
}

function entry(id: string, cloudUrl: string | null, others: readonly Workspace[]): Workspace {
  const region: WorkspaceRegion = regionIn(id, cloudUrl);
  const used = new Set(others.map(({ colour }) => colour));
  const colour = WORKSPACE_COLOURS.find((one) => !used.has(one)) ?? 'teal';
  const label = labelFor(cloudUrl, region);
  const taken = others.filter((one) => one.label === label || one.label.startsWith(`${label} `)).length;
  return {
    ...{ id, colour, region, cloudUrl, partner: '', waitingCount: 0, attentionCount: 0 },
    label: (taken === 0 ? label : `${label.slice(0, 36)} ${taken + 1}`).slice(0, 40),
  };
}

function regionIn(id: string, cloudUrl: string | null): WorkspaceRegion {
  if (cloudUrl === null) return CLOUD_REGIONS.find((one) => id.startsWith(`${SANDBOX}-${one.id}`))?.id ?? 'sandbox';
  return regionOf(cloudUrl) ?? (isLoopback(new URL(cloudUrl)) ? 'sandbox' : 'other');
}

function labelFor(cloudUrl: string | null, region: WorkspaceRegion): string {
  const name = CLOUD_REGIONS.find((one) => one.id === region)?.label;
  if (cloudUrl === null) return name === undefined ? 'Sandbox' : `Sandbox ${name}`;
  return name ?? (region === 'sandbox' ? 'Sandbox' : new URL(cloudUrl).host).slice(0, 40);
}

function foldersIn(profile: string): readonly string[] {
  const clouds = join(profile, 'clouds');
  if (!existsSync(clouds)) return [];
  return readdirSync(clouds, { withFileTypes: true })
    .filter((one) => one.isDirectory() && workspace.shape.id.safeParse(one.name).success)
    .map(({ name }) => name)
    .toSorted();
}

/** The folder's name is the cloud's host, with `_` before a port. */
function fromFolder(id: string, others: readonly Workspace[]): Workspace {
  if (id === SANDBOX || id.startsWith(`${SANDBOX}-`)) return entry(id, null, others);
  const region = CLOUD_REGIONS.find(({ base }) => id === base || new RegExp(`^${base}-\\d+$`, 'u').test(id));
  if (region) return entry(id, regionUrl(region.id), others);
  const host = id.replace(/_(\d+)$/u, ':$1');
  return entry(id, isLoopback(new URL(`http://${host}`)) ? `http://${host}` : `https://${host}`, others);
}
