// An X display that nobody sees.
import { spawn } from 'node:child_process';
import { ensureVirtualDisplay } from './system-libraries.mjs';

/** Starts Xvfb on a free number; resolves with the DISPLAY to use and the function that ends it. */
export function startVirtualDisplay() {
  ensureVirtualDisplay();
  return new Promise((resolve, reject) => {
    // Xvfb picks a free number by itself and writes it to the descriptor.
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    server.stdio[3].once('data', (number) =>
      resolve({ display: `:${String(number).trim()}`, stop: () => server.kill() }),
    );
    server.once('exit', () => reject(new Error('Xvfb ended before it was ready')));
    process.once('exit', () => server.kill());
  });
}
