import { defineConfig } from 'playwright/test';

/** Two projects: the real Electron app, and the same screens in Chromium over a WebSocket. One worker: two cores, and windows take focus. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./harness/count-reporter.ts']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'electron', testDir: 'electron' },
    { name: 'browser', testDir: 'browser' },
  ],
});
