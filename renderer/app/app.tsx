import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { useState } from 'react';
import { RouterProvider } from 'react-router';
import { createQueryClient } from '../client/create-query-client.ts';
import { EngineProvider, type EngineProps } from '../client/engine-provider.tsx';
import { theme, THEME_STORAGE_KEY } from '../theme/theme.ts';
import { createRouter } from './create-router.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { LockGate } from './lock-gate.tsx';

/** The console, over whatever engine and shell it is given. */
export function App(engine: EngineProps) {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(createRouter);
  const [styles] = useState(createStyleCache);
  return (
    <CacheProvider value={styles}>
      <ThemeProvider
        theme={theme}
        defaultMode="system"
        modeStorageKey={THEME_STORAGE_KEY}
        disableTransitionOnChange={false}
      >
        <CssBaseline />
        <ErrorBoundary>
          <EngineProvider {...engine} queryClient={queryClient}>
            <LockGate>
              <RouterProvider router={router} />
            </LockGate>
          </EngineProvider>
        </ErrorBoundary>
      </ThemeProvider>
    </CacheProvider>
  );
}

// The page's policy allows style elements with the nonce that the shell puts into this meta element, and no others.
function createStyleCache() {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  return createCache({ key: 'fl', ...(nonce ? { nonce } : {}) });
}
