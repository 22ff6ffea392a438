import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserWindow, WebContents } from 'electron';
import { BRIDGE_CHANNELS } from '../../../shared/bridge/channels.ts';
import type { ToEngine } from '../../../shared/bridge/host-link.ts';
import type { NewWorkspace, WorkspaceEdit, WorkspaceList } from '../../../shared/bridge/workspaces.ts';
import { APP_ORIGIN } from '../security/app-protocol.ts';
import { startWorkspace, workspaceFolder, type LaunchChild, type WorkspaceEngine } from './workspace-engine.ts';
import { withRegion, writeWorkspaces, type WorkspaceBook } from './workspace-file.ts';

/** Which window shows which workspace, and which engines run (SES-4). */
export type WorkspaceDesk = {
  /** Connects a new window to a workspace; null: the one that was used last. */
  attach(window: BrowserWindow, id: string | null): void;
  listFor(contents: WebContents): WorkspaceList;
  switchTo(contents: WebContents, id: string): void;
  add(contents: WebContents, wanted: NewWorkspace): void;
  edit(change: WorkspaceEdit): void;
  /** After its engine has wiped it: the folder and the entry go as well. False for the last one. */
  remove(id: string): Promise<boolean>;
  tell(message: ToEngine): void;
  stop(): Promise<void>;
};

/** `isLocked` is null until the engine has said so: one that starts locked was not locked by anybody. */
type Running = { readonly engine: Promise<WorkspaceEngine>; isLocked: boolean | null };

const REST_AFTER_MS = 30_000;

export function createWorkspaceDesk(options: {
  readonly profile: string;
  readonly book: WorkspaceBook;
  readonly launch: LaunchChild;
  readonly grants: () => ReadonlyMap<string, string>;
}): WorkspaceDesk {
  const { profile, launch, grants } = options;
  let { book } = options;
  const running = new Map<string, Running>();
  const stopping = new Map<string, Promise<void>>();
  const resting = new Map<string, NodeJS.Timeout>();
  const shown = new Map<WebContents, string>();
  let isStopping = false;

  const known = (id: string): boolean => book.workspaces.some((one) => one.id === id);
  const fallback = (): string => (known(book.active) ? book.active : (book.workspaces[0]?.id ?? 'sandbox'));

  function keep(next: WorkspaceBook): void {
    if (JSON.stringify(next) === JSON.stringify(book)) return;
    book = next;
    writeWorkspaces(profile, book);
    for (const contents of shown.keys()) if (!contents.isDestroyed()) contents.send(BRIDGE_CHANNELS.workspacesChanged);
  }

  function ensure(id: string): Promise<WorkspaceEngine> {
    const found = running.get(id);
    if (found) return found.engine;
    const engine = (stopping.get(id) ?? Promise.resolve()).then(() => {
      const workspace = book.workspaces.find((one) => one.id === id);
      if (!workspace) throw new Error(`there is no workspace ${id}`);
      return startWorkspace({
        ...{ workspace, profile, launch, grants },
        isShown: () => [...shown.values()].includes(id),
        givenUp: () => void end(id),
        status: ({ partner, waitingCount, attentionCount, isLocked }) => {
          keep({
            ...book,
            workspaces: book.workspaces.map((one) =>
              one.id === id ? { ...one, partner: partner.slice(0, 300), waitingCount, attentionCount } : one,
            ),
          });
          noteLock(id, isLocked);
          rest(id);
        },
      });
    });
    running.set(id, { engine, isLocked: null });
    return engine;
  }

  /** Whoever locks one workspace leaves the laptop, not the partner. */
  function noteLock(id: string, isLocked: boolean): void {
    const mine = running.get(id);
    if (!mine || mine.isLocked === isLocked) return;
    const wasOpen = mine.isLocked === false;
    mine.isLocked = isLocked;
    if (isLocked && wasOpen)
      for (const [other, { engine }] of running)
        if (other !== id) void engine.then(({ host }) => host.send({ type: 'lock' }));
  }

  const mayRest = (id: string): boolean =>
    (book.workspaces.find((one) => one.id === id)?.waitingCount ?? 0) === 0 && ![...shown.values()].includes(id);

  /** An engine that no window shows runs as long as changes wait, and a moment longer: what was just queued is reported first. */
  function rest(id: string): void {
    if (!running.has(id) || resting.has(id) || !mayRest(id)) return;
    const timer = setTimeout(() => {
      resting.delete(id);
      if (mayRest(id)) void end(id);
    }, REST_AFTER_MS);
    resting.set(id, timer);
  }

  function end(id: string): Promise<void> {
    const found = running.get(id);
    if (!found) return stopping.get(id) ?? Promise.resolve();
    running.delete(id);
    clearTimeout(resting.get(id));
    resting.delete(id);
    const ending = found.engine
      .then((engine) => engine.stop())
      .catch(() => undefined)
      .finally(() => stopping.delete(id));
    stopping.set(id, ending);
    return ending;
  }

  function connect(contents: WebContents, id: string, loaded: Promise<true> | null = null): void {
    shown.set(contents, id);
    keep({ ...book, active: id });
    // Not before the other page is gone: it must never hear of this workspace.
    Promise.all([ensure(id), loaded])
      .then(([{ host }, isLoaded]) => {
        if (contents.isDestroyed() || shown.get(contents) !== id) return;
        // Right after it has loaded, a page still calls itself loading.
        if (isLoaded) host.addPage(contents, true);
        else host.addPage(contents);
      })
      .catch((error: unknown) => process.stderr.write(`workspace ${id}: ${String(error)}\n`));
  }

  function disconnect(contents: WebContents): void {
    const id = shown.get(contents);
    if (id === undefined) return;
    shown.delete(contents);
    void running.get(id)?.engine.then(({ host }) => host.removePage(contents));
  }

  function switchTo(contents: WebContents, id: string): void {
    const before = shown.get(contents);
    if (!known(id) || before === id) return;
    disconnect(contents);
    // Another address: the page is loaded anew, with nothing of the other workspace in it.
    const loaded = contents.loadURL(`${APP_ORIGIN}/?workspace=${encodeURIComponent(id)}`).then(
      () => true as const,
      // Overtaken by the next switch, which connects what it shows.
      () => true as const,
    );
    connect(contents, id, loaded);
    if (before !== undefined) rest(before);
  }

  // Their queues are sent although no window shows them.
  for (const { id, waitingCount } of book.workspaces) if (waitingCount > 0) void ensure(id).catch(() => undefined);

  return {
    attach(window, id) {
      const { webContents: contents } = window;
      connect(contents, id !== null && known(id) ? id : fallback());
      contents.once('destroyed', () => {
        const last = shown.get(contents);
        shown.delete(contents);
        if (last !== undefined && !isStopping) rest(last);
      });
    },
    listFor: (contents) => ({ current: shown.get(contents) ?? fallback(), workspaces: book.workspaces }),
    switchTo,
    add(contents, wanted) {
      const next = withRegion(book, wanted);
      keep({ ...next, active: book.active });
      switchTo(contents, next.active);
    },
    edit({ id, label, colour }) {
      keep({ ...book, workspaces: book.workspaces.map((one) => (one.id === id ? { ...one, label, colour } : one)) });
    },
    async remove(id) {
      const gone = book.workspaces.find((one) => one.id === id);
      const workspaces = book.workspaces.filter((one) => one !== gone);
      const [next] = workspaces;
      if (!gone || !next) return false;
      keep({ active: book.active === id ? next.id : book.active, workspaces });
      for (const [contents, at] of shown) if (at === id) switchTo(contents, next.id);
      await end(id);
      await rm(workspaceFolder(profile, gone), { recursive: true, force: true });
      if (gone.cloudUrl === null) await rm(join(profile, gone.id), { recursive: true, force: true });
      return true;
    },
    tell(message) {
      for (const { engine } of running.values())
        void engine.then(({ host }) => host.send(message)).catch(() => undefined);
    },
    async stop() {
      isStopping = true;
      await Promise.all([...running.keys()].map(end));
      await Promise.all(stopping.values());
    },
  };
}
