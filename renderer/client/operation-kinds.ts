import type { AppContract } from '../../shared/contract/contract.ts';

type Kinds = { readonly [A in keyof AppContract]: { readonly [N in keyof AppContract[A]]: { kind: KindOf<A, N> } } };
type KindOf<A extends keyof AppContract, N extends keyof AppContract[A]> = AppContract[A][N] extends { kind: infer K }
  ? K
  : never;

const query = { kind: 'query' } as const;
const command = { kind: 'command' } as const;

/** Which operations read and which write: all that a client needs of the contract at run time. The compiler keeps it complete. */
export const operationKinds = {
  session: {
    state: query,
    lockState: query,
    signInPartner: command,
    signInAdmin: command,
    signOut: command,
    setPin: command,
    setAutoLock: command,
    lock: command,
    unlock: command,
    unlockBySystem: command,
    unlockBySignIn: command,
    noteActivity: command,
    wipe: command,
  },
  sync: { status: query, now: command, setOffline: command },
  accounts: { list: query, get: query, add: command, edit: command },
  users: { page: query, get: query, add: command, edit: command, remove: command },
  imports: {
    list: query,
    get: query,
    rows: query,
    findRow: query,
    open: command,
    openText: command,
    reread: command,
    editCell: command,
    addRow: command,
    deleteRows: command,
    replace: command,
    fillRange: command,
    pasteRange: command,
    copyRange: query,
    deleteRange: command,
    savePlan: command,
    openPlan: command,
    suggestions: query,
    applySuggestion: command,
    undo: command,
    setExisting: command,
    recheck: command,
    upload: command,
    cancel: command,
    saveTemplate: command,
  },
  uploads: { get: query, list: query, rows: query, saveReport: command, undoPlan: query, undo: command },
  outbox: {
    list: query,
    get: query,
    undo: command,
    undoImport: command,
    dropFields: command,
    move: command,
    exportTo: command,
    importFrom: command,
    retry: command,
  },
  conflicts: { list: query, get: query, resolve: command, resolveAll: command },
  history: { list: query, versions: query, recordAt: query, restore: command },
  storage: { state: query, verify: command, rebuildCache: command, acknowledge: command },
  offline: { state: query, pin: command, prepare: command },
  jobs: { list: query, pause: command, resume: command, cancel: command, clear: command },
} as const satisfies Kinds;
