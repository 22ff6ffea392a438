import Alert from '@mui/material/Alert';
import type { EngineState } from '../client/engine-link.ts';
import { frameText } from '../text/frame-text.ts';

export function EngineBanner({ state }: { readonly state: EngineState }) {
  if (state !== 'lost') return null;
  return (
    <Alert severity="warning" square role="alert">
      {frameText.engineLost}
    </Alert>
  );
}
