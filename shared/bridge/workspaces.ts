import { z } from 'zod';

export const WORKSPACE_COLOURS = ['teal', 'violet', 'amber', 'rose', 'green', 'blue'] as const;
export const WORKSPACE_REGIONS = ['us', 'eu', 'ap', 'sandbox', 'other'] as const;
export type WorkspaceColour = (typeof WORKSPACE_COLOURS)[number];
export type WorkspaceRegion = (typeof WORKSPACE_REGIONS)[number];

/** One partner in one region (SES-4): its own folder, sign-in, queue and engine. */
export const workspace = z.object({
  /** Also the name of its folder below `clouds`: one level, no way out of it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/iu),
  label: z.string().trim().min(1).max(40),
  colour: z.enum(WORKSPACE_COLOURS),
  region: z.enum(WORKSPACE_REGIONS),
  /** Null: an embedded sandbox cloud of its own, for training. */
  cloudUrl: z.url({ protocol: /^https?$/u }).nullable(),
  partner: z.string().max(300),
  waitingCount: z.int().nonnegative(),
  attentionCount: z.int().nonnegative(),
});
export type Workspace = z.output<typeof workspace>;

/** What a page shows: all workspaces in their order, and the one its window belongs to. */
export type WorkspaceList = { readonly current: string; readonly workspaces: readonly Workspace[] };

export const newWorkspace = z.object({
  region: z.enum(['us', 'eu', 'ap']),
  /** An embedded sandbox cloud in the place of the region's own. */
  isTraining: z.boolean(),
});
export type NewWorkspace = z.output<typeof newWorkspace>;

export const workspaceEdit = workspace.pick({ id: true, label: true, colour: true });
export type WorkspaceEdit = z.output<typeof workspaceEdit>;
