import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..', '..', '..');

export function fixture(name: string): string {
  return join(projectRoot, 'tests', 'fixtures', 'imports', name);
}
