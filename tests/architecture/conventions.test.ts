import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function sources(pattern: string): readonly { path: string; text: string }[] {
  return globSync(pattern, { cwd: ROOT })
    .filter((path) => !path.includes('zz-planted-'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

const CODE = sources('{shared,electron,renderer,tests}/**/*.{ts,tsx}');

test('ARCH: no source file has more than 300 lines, no test more than 500', () => {
  const long = CODE.filter(({ path, text }) => {
    const isTest = path.startsWith('tests/') || /\.test\.tsx?$/u.test(path);
    return text.split('\n').length - 1 > (isTest ? 500 : 300);
  });
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('ARCH: nothing in the engine imports electron, so it runs under plain Node', () => {
  const guilty = CODE.filter(
    ({ path, text }) =>
      path.startsWith('electron/engine/') && /(?:from|import|require)\s*\(?\s*['"]electron['"/]/u.test(text),
  );
  expect(guilty.map(({ path }) => path)).toEqual([]);
});

test('ARCH: only remote/ and the composition roots know fetch, only database/ knows SQL', () => {
  const engine = CODE.filter(({ path }) => path.startsWith('electron/engine/') && !path.endsWith('.test.ts'));
  const isRoot = (path: string): boolean => /^electron\/engine\/(?:main|engine)\.ts$/u.test(path);
  const fetching = engine.filter(
    ({ path, text }) =>
      /(?:globalThis\.|\bawait\s|[^.\w])fetch\(/u.test(text) &&
      !path.startsWith('electron/engine/remote/') &&
      !isRoot(path),
  );
  expect(fetching.map(({ path }) => path)).toEqual([]);
  const speaking = engine.filter(
    ({ path, text }) =>
      /\.prepare\(\s*[^)\s]|\.exec\(\s*(?:\/\* sql|['"`](?:CREATE|DELETE|INSERT|SELECT|UPDATE))/u.test(text) &&
      !path.startsWith('electron/engine/database/'),
  );
  expect(speaking.map(({ path }) => path)).toEqual([]);
});

test('ARCH: no module of ours is mocked and no test waits by sleeping', () => {
  const tests = CODE.filter(({ path }) => /\.test\.tsx?$/u.test(path));
  expect(tests.length).toBeGreaterThan(20);
  const pattern = new RegExp(['vi', '\\.', '(?:mock|doMock|spyOn)\\('].join(''), 'u');
  expect(tests.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
});

test('ARCH: every law of the sync has a test, and every test names a law that exists', () => {
  const readme = readFileSync(join(ROOT, 'electron/engine/sync/README.md'), 'utf8');
  const laws = [...readme.matchAll(/^\*\*(L\d+)\*\*/gmu)].map(([, law]) => law);
  expect(laws).toEqual(laws.map((_, index) => `L${index + 1}`));
  const named = new Set(
    CODE.filter(({ path }) => /\.test\.tsx?$/u.test(path)).flatMap(({ text }) =>
      [...text.matchAll(/['"`][A-Z]{3}-\d+ (L\d+): /gu)].map(([, law]) => law),
    ),
  );
  expect(named).toEqual(new Set(laws));
});

const SPEC_ID = /^(?:[A-Z]{3,4}-\d+(?: L\d+)?|SYNC \d+(?:\.\d+)?|CONTRACT|ARCH): \S/u;

test('ARCH: every test begins with the id of what it proves', async () => {
  const output = await new Promise<string>((resolve, reject) => {
    const args = ['list', '--json', '--root', ROOT];
    execFile(join(ROOT, 'node_modules/.bin/vitest'), args, { cwd: ROOT, maxBuffer: 32e6 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
  const tests = JSON.parse(output.slice(output.indexOf('['))) as { name: string; file: string }[];
  expect(tests.length).toBeGreaterThan(200);
  const nameless = tests.filter(({ name }) => !SPEC_ID.test(name.split(' > ').at(-1) ?? ''));
  expect(nameless.map(({ name, file }) => `${file.slice(ROOT.length)}: ${name}`)).toEqual([]);
});
