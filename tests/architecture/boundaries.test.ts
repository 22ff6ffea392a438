import { execFile } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PREFIX = 'zz-planted-';

type Planted = { readonly path: string; readonly source: string; readonly rule: string; readonly says: string };

/** One violation per arrow that must not be there. What the linter does not report is only an opinion. */
const VIOLATIONS: Readonly<Record<string, Planted>> = {
  'a feature imports another feature': {
    path: `renderer/features/users/${PREFIX}feature.ts`,
    source: "import { outboxPage } from '../outbox/outbox-page.tsx';\nexport const planted = outboxPage;\n",
    rule: 'boundaries(dependencies)',
    says: 'feature',
  },
  'a rule imports the database': {
    path: `electron/engine/domain/${PREFIX}domain.ts`,
    source: "import type { Store } from '../database/store.ts';\nexport type Planted = Store<'cache'>;\n",
    rule: 'boundaries(dependencies)',
    says: 'engine-database',
  },
  'a component imports the client': {
    path: `renderer/components/${PREFIX}component.ts`,
    source:
      "import { createQueryClient } from '../client/create-query-client.ts';\nexport const planted = createQueryClient;\n",
    rule: 'boundaries(dependencies)',
    says: 'client',
  },
  'a store imports a type of the engine': {
    path: `renderer/state/${PREFIX}state.ts`,
    source: "import type { Engine } from '../../electron/engine/engine.ts';\nexport type Planted = Engine;\n",
    rule: 'boundaries(dependencies)',
    says: 'engine-entry',
  },
  'the shell imports the engine': {
    path: `electron/main/${PREFIX}main.ts`,
    source: "import { createThrottle } from '../engine/runtime/throttle.ts';\nexport const planted = createThrottle;\n",
    rule: 'boundaries(dependencies)',
    says: 'engine-runtime',
  },
  'the sync imports the imports': {
    path: `electron/engine/sync/${PREFIX}sync.ts`,
    source: "import { createTurns } from '../imports/turns.ts';\nexport const planted = createTurns;\n",
    rule: 'boundaries(dependencies)',
    says: 'engine-imports',
  },
  'a handler speaks SQL': {
    path: `electron/engine/handlers/${PREFIX}handler.ts`,
    source: "import Database from 'better-sqlite3';\nexport const planted = Database;\n",
    rule: 'eslint(no-restricted-imports)',
    says: 'better-sqlite3',
  },
  'a rule reads the clock': {
    path: `electron/engine/domain/${PREFIX}clock.ts`,
    source: 'export const planted = Date.now();\n',
    rule: 'eslint(no-restricted-properties)',
    says: 'Date.now',
  },
  'the sync throws dice': {
    path: `electron/engine/sync/${PREFIX}dice.ts`,
    source: 'export const planted = Math.random();\n',
    rule: 'eslint(no-restricted-properties)',
    says: 'Math.random',
  },
  'a rule uses a timer': {
    path: `electron/engine/domain/${PREFIX}timer.ts`,
    source: 'export const planted = setTimeout;\n',
    rule: 'eslint(no-restricted-globals)',
    says: 'setTimeout',
  },
  'the model needs Node': {
    path: `shared/model/${PREFIX}model.ts`,
    source: "import { join } from 'node:path';\nexport const planted = join;\n",
    rule: 'eslint(no-restricted-imports)',
    says: 'node:path',
  },
  'the engine imports electron': {
    path: `electron/engine/runtime/${PREFIX}electron.ts`,
    source: "import { app } from 'electron';\nexport const planted = app;\n",
    rule: 'eslint(no-restricted-imports)',
    says: 'electron',
  },
  'a file lies outside every box': {
    path: `renderer/${PREFIX}utils.ts`,
    source: 'export const planted = 1;\n',
    rule: 'boundaries(no-unknown-files)',
    says: '',
  },
  'a file is a barrel': {
    path: `shared/model/${PREFIX}barrel.ts`,
    source: "export * from './ids.ts';\n",
    rule: 'oxc(no-barrel-file)',
    says: '',
  },
  'a file has more than 300 lines': {
    path: `electron/engine/domain/${PREFIX}long.ts`,
    source: `${'// A line.\n'.repeat(300)}export const planted = 1;\n`,
    rule: 'eslint(max-lines)',
    says: '',
  },
};

type Finding = { readonly code: string; readonly message: string; readonly filename: string };
const names = Object.keys(VIOLATIONS);
const planted = (name: string): Planted => VIOLATIONS[name] as Planted;
let findings: readonly Finding[] = [];

function uproot(): void {
  for (const path of globSync(`{shared,electron,renderer}/**/${PREFIX}*`, { cwd: ROOT }))
    rmSync(join(ROOT, path), { force: true });
}

/** Runs a program of the project; its output, whatever its exit code. */
function run(program: string, args: readonly string[], cwd = ROOT): Promise<string> {
  return new Promise((resolve) => {
    execFile(join(ROOT, 'node_modules/.bin', program), [...args], { cwd, maxBuffer: 32e6 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

beforeAll(async () => {
  uproot();
  try {
    for (const name of names) {
      mkdirSync(dirname(join(ROOT, planted(name).path)), { recursive: true });
      writeFileSync(join(ROOT, planted(name).path), planted(name).source);
    }
    const output = await run('oxlint', ['-f', 'json', ...names.map((name) => planted(name).path)]);
    findings = (JSON.parse(output.slice(output.indexOf('{'))) as { diagnostics: Finding[] }).diagnostics;
  } finally {
    uproot();
  }
});
afterAll(uproot);

test.each(names)('ARCH: the linter reports when %s', (name) => {
  const { path, rule, says } = planted(name);
  const found = findings.filter(({ filename }) => filename.endsWith(path));
  expect(found.map(({ code, message }) => ({ code, isAboutIt: message.includes(says) }))).toContainEqual({
    code: rule,
    isAboutIt: true,
  });
});

/** Compiles one file with the options of a process. */
async function compile(project: string, source: string): Promise<string> {
  // Below the project, so that its type packages are found.
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'node_modules/.cache', PREFIX));
  const file = join(ROOT, project, `${PREFIX}types.ts`);
  try {
    writeFileSync(file, source);
    const compilerOptions = {
      composite: false,
      incremental: false,
      noEmit: true,
      emitDeclarationOnly: false,
      noEmitOnError: false,
      rootDir: '/',
    };
    const config = {
      extends: join(ROOT, project, 'tsconfig.json'),
      compilerOptions,
      include: [],
      files: [file],
      references: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    return await run('tsc', ['-p', folder, '--pretty', 'false']);
  } finally {
    rmSync(file, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each([
  ['renderer', "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n", "'node:fs'"],
  ['electron/engine', 'export const planted = document.title;\n', "'document'"],
  ['shared', 'export const planted = window;\n', "'window'"],
  ['shared', 'export const planted = process.env;\n', "'process'"],
])('ARCH: in %s the compiler refuses %j', async (project, source, says) => {
  const output = await compile(project, source);
  expect(output).toMatch(/error TS2(?:304|307|580|584|591)/u);
  expect(output).toContain(says);
});

test('ARCH: a file without a violation passes, so the reports above mean something', async () => {
  expect(await compile('shared', 'export const planted = 1;\n')).toBe('');
});
