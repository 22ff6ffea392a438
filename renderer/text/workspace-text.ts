import type { Workspace, WorkspaceColour, WorkspaceRegion } from '../../shared/bridge/workspaces.ts';
import { counted } from './numbers.ts';

/** SES-4: several partners and regions side by side. */
export const workspaceText = {
  open: 'Workspaces',
  title: 'Workspaces',
  lead: 'Each partner in each region has its own sign-in, data and queue on this computer. Queues are sent whichever one you see.',
  strip: 'Partners and regions',
  list: 'Workspaces',
  manage: 'Manage workspaces',
  thisOne: 'This window',
  name: 'Name',
  colour: 'Colour',
  save: 'Save',
  openHere: 'Show here',
  openWindow: 'New window',
  add: 'Add a workspace',
  region: 'Region',
  training: 'Sandbox cloud for training, with invented people and companies',
  addNow: 'Add and open',
  addNote: 'It opens in this window; sign in there as usual.',
  remove: 'Remove this workspace…',
  removeTitle: (label: string) => `Remove ${label} from this laptop?`,
  removeBody:
    'Its fetched data, changes that wait, imports, history, sign-in and keys are deleted from this computer. The cloud keeps what has reached it. This cannot be undone.',
  removeConfirm: 'Remove this workspace',
  lastOne: 'The last workspace cannot be removed. Use Wipe this laptop under Security.',
  cancel: 'Cancel',
  close: 'Close',
} as const;

export const regionText: Readonly<Record<WorkspaceRegion, string>> = {
  us: 'US',
  eu: 'Europe',
  ap: 'Asia Pacific',
  sandbox: 'Sandbox',
  other: 'Own cloud',
};

export const colourText: Readonly<Record<WorkspaceColour, string>> = {
  teal: 'Teal',
  violet: 'Violet',
  amber: 'Amber',
  rose: 'Rose',
  green: 'Green',
  blue: 'Blue',
};

/** `2 waiting, 1 needs attention`; '' when nothing is open. */
export function workText({ waitingCount, attentionCount }: Workspace): string {
  return [
    waitingCount > 0 ? `${waitingCount} waiting` : '',
    attentionCount > 0 ? counted(attentionCount, 'needs attention', 'need attention') : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** `Brackenford Voice & Networks · Europe` */
export function placeText({ partner, region }: Workspace): string {
  return [partner, regionText[region]].filter(Boolean).join(' · ');
}
