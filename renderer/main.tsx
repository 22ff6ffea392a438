import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../shared/bridge/bridge.ts';
import { must } from '../shared/lib/must.ts';
import { App } from './app/app.tsx';
import { connectEngine } from './client/connect-engine.ts';

declare global {
  // The preload script puts it there before the page runs.
  interface Window {
    readonly bridge: Bridge;
  }
}

const { client, events, engineState } = connectEngine(window);
createRoot(must(document.getElementById('root'), 'index.html has it')).render(
  <StrictMode>
    <App client={client} events={events} engineState={engineState} bridge={window.bridge} />
  </StrictMode>,
);
