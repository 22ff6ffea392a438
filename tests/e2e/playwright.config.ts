import { defineConfig } from 'playwright/test';

/** Two projects: the real Electron app, and the same screens in Chromium over a WebSocket. One worker: two cores, and windows take focus. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  // Long: a wait ends when it is met, and a busy machine is no failure.
  expect: { timeout: 60_000 },
  reporter: [['list'], ['./harness/count-reporter.ts']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'electron', testDir: 'electron' },
    { name: 'browser', testDir: 'browser' },
  ],
});
