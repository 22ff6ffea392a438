import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../../../../renderer/app/app.tsx';
import { createEngineLink } from '../../../../renderer/client/engine-link.ts';
import { must } from '../../../../shared/lib/must.ts';
import type { Port } from '../../../../shared/rpc/port.ts';
import { testBridge } from './test-bridge.ts';

/** The product's page with another composition root: the engine runs in the test, behind HTTP in place of a MessagePort. */
const address = `/engine?page=${crypto.randomUUID()}`;
const link = createEngineLink();
const source = new EventSource(address);
source.addEventListener('open', () => link.attach(httpPort()), { once: true });

createRoot(must(document.getElementById('root'), 'index.html has it')).render(
  <StrictMode>
    <App client={link.client} events={link.events} engineState={link.engineState} bridge={testBridge} />
  </StrictMode>,
);

/** What the engine says comes as server-sent events; what the page says goes out one message after the other. */
function httpPort(): Port {
  let sent: Promise<unknown> = Promise.resolve();
  return {
    send: (message) => {
      sent = sent.then(() => fetch(address, { method: 'POST', body: JSON.stringify(message) }));
    },
    receive: (listener) => {
      source.addEventListener('message', (event: MessageEvent<string>) => listener(JSON.parse(event.data)));
    },
  };
}
