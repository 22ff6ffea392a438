import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '../../shared/lib/must.ts';
import { App } from './app.tsx';
import type { EngineProps } from '../client/engine-provider.tsx';

/** Puts the console in the place of the skeleton that `index.html` paints. */
export function showConsole({ client, events, engineState, bridge }: EngineProps): void {
  createRoot(must(document.getElementById('root'), 'index.html has it')).render(
    <StrictMode>
      <App client={client} events={events} engineState={engineState} bridge={bridge} />
    </StrictMode>,
  );
}
