import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { BRIDGE_CHANNELS } from '../../../shared/bridge/channels.ts';
import { fromEngine, type EngineStart, type FromEngine, type ToEngine } from '../../../shared/bridge/host-link.ts';
import type { ChildEvents, ChildProcess } from './child-process.ts';

export type EngineHost = {
  /** Connects a page, now and after every restart of the engine. */
  addPage(contents: WebContents, isLoaded?: boolean): void;
  /** The window shows another workspace from now on. */
  removePage(contents: WebContents): void;
  send(message: ToEngine): void;
  /** Asks the engine to finish and waits for it. */
  stop(): Promise<void>;
};

type Page = {
  readonly id: number;
  readonly contents: WebContents;
  port: MessagePortMain | null;
  readonly leave: () => void;
};

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const STEADY_AFTER_MS = 30_000;
const STOP_PATIENCE_MS = 5000;

/** Starts the engine, restarts it when it dies, and keeps every page connected to whichever engine runs. */
export function createEngineHost(options: {
  readonly launch: (events: ChildEvents) => ChildProcess;
  readonly start: Omit<EngineStart, 'type' | 'engine'>;
  readonly answer: (ask: Extract<FromEngine, { type: 'ask' }>) => Promise<string | null>;
  readonly grants: () => ReadonlyMap<string, string>;
  readonly status: (status: Extract<FromEngine, { type: 'status' }>) => void;
  readonly failed: (reason: string, message: string) => void;
  readonly now: () => number;
}): EngineHost {
  const pages = new Map<number, Page>();
  let child: ChildProcess | null = null;
  let engine = 0;
  let deaths = 0;
  let isStopping = false;
  let whenStopped: () => void = () => undefined;

  function send(message: ToEngine, ports: readonly MessagePortMain[] = []): void {
    child?.send(message, ports);
  }

  function launch(): void {
    engine += 1;
    const startedAt = options.now();
    const current = options.launch({
      message: (raw) => receive(fromEngine.parse(raw)),
      exit: () => {
        if (child !== current) return;
        child = null;
        if (isStopping) {
          whenStopped();
          return;
        }
        for (const page of pages.values()) tellLost(page);
        deaths = options.now() - startedAt > STEADY_AFTER_MS ? 0 : deaths + 1;
        setTimeout(launch, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** deaths));
      },
    });
    child = current;
    send({ type: 'start', engine, ...options.start });
    for (const [grant, path] of options.grants()) send({ type: 'file-granted', grant, path });
    for (const page of pages.values()) connect(page);
  }

  function receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        break;
      case 'page-message':
        pages.get(message.page)?.port?.postMessage(message.message);
        break;
      case 'ask':
        void options.answer(message).then(
          (value) => send({ type: 'answer', id: message.id, value, error: null }),
          (error: unknown) => send({ type: 'answer', id: message.id, value: null, error: String(error) }),
        );
        break;
      case 'status':
        options.status(message);
        break;
      case 'failed':
        isStopping = true;
        options.failed(message.reason, message.message);
        break;
    }
  }

  /** With a utility process the page's port goes to the engine itself; otherwise the shell pumps. */
  function connect(page: Page): void {
    if (!child) return;
    if (!child.takesPorts && page.port) {
      send({ type: 'page-opened', page: page.id });
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    if (child.takesPorts) send({ type: 'page-opened', page: page.id }, [port2]);
    else {
      page.port = port2;
      port2.on('message', ({ data }) => send({ type: 'page-message', page: page.id, message: data }));
      port2.start();
      send({ type: 'page-opened', page: page.id });
    }
    page.contents.postMessage(BRIDGE_CHANNELS.port, null, [port1]);
  }

  function tellLost(page: Page): void {
    if (page.port) {
      page.port.postMessage({ type: 'lost' });
      return;
    }
    // The port went down with the engine. A new one says so; the next engine brings another.
    const { port1, port2 } = new MessageChannelMain();
    page.contents.postMessage(BRIDGE_CHANNELS.port, null, [port1]);
    port2.postMessage({ type: 'lost' });
  }

  function remove(page: Page): void {
    page.leave();
    page.port?.close();
    pages.delete(page.id);
    send({ type: 'page-closed', page: page.id });
  }

  launch();
  return {
    addPage(contents, isLoaded = !contents.isLoading() && contents.getURL() !== '') {
      // A reload is a new page with the same contents: it needs a new port.
      const loaded = (): void => {
        page.port?.close();
        page.port = null;
        connect(page);
      };
      const gone = (): void => remove(page);
      const leave = (): void => {
        if (contents.isDestroyed()) return;
        contents.off('did-finish-load', loaded);
        contents.off('destroyed', gone);
      };
      const page: Page = { id: contents.id, contents, port: null, leave };
      pages.set(page.id, page);
      contents.on('did-finish-load', loaded);
      contents.once('destroyed', gone);
      // The page may have loaded while the engine was still being prepared.
      if (isLoaded) connect(page);
    },
    removePage(contents) {
      const page = pages.get(contents.id);
      if (page) remove(page);
    },
    send,
    stop() {
      isStopping = true;
      if (!child) return Promise.resolve();
      const stopping = child;
      send({ type: 'stop' });
      return new Promise((resolve) => {
        const patience = setTimeout(() => stopping.kill(), STOP_PATIENCE_MS);
        whenStopped = () => {
          clearTimeout(patience);
          resolve();
        };
      });
    },
  };
}
