import { PORT_MESSAGE } from '../../shared/bridge/bridge.ts';
import type { Port } from '../../shared/rpc/port.ts';
import { createEngineLink, type EngineLink } from './engine-link.ts';

/** Waits for the shell's port; a later port means another engine. */
export function connectEngine(page: Window): EngineLink {
  const link = createEngineLink();
  page.addEventListener('message', (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    if (event.source === page && isPortMessage(event.data) && port) link.attach(messagePort(port));
  });
  return link;
}

function isPortMessage(message: unknown): boolean {
  return (
    message === PORT_MESSAGE ||
    (typeof message === 'object' && message !== null && 'type' in message && message.type === PORT_MESSAGE)
  );
}

function messagePort(port: MessagePort): Port {
  return {
    send: (message) => port.postMessage(message),
    receive: (listener) => {
      port.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data));
      port.start();
    },
  };
}
