// npm run pack: the packaged app of this computer, unpacked in release/. Installers: see electron-builder.yml.
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { fail, node24, root, say } from './place.mjs';

const STAND_IN_VERSION = '25.1.1';
const ABSENT = 'not in this runtime';

installDependencies();
const { binary, isOfficial } = electronRuntime();
build();

const { Arch, Platform, build: pack } = await import('electron-builder');
const work = join(root, 'release', 'stand-in');
rmSync(work, { recursive: true, force: true });
let folder = '';
try {
  await pack({
    projectDir: root,
    targets: Platform.current().createTarget('dir', Arch[process.arch]),
    config: {
      ...(isOfficial ? official() : standIn()),
      afterPack: async ({ appOutDir, packager }) => {
        folder = appOutDir;
        if (!isOfficial) await askOnlyForFusesItHas(appOutDir, packager.config.electronFuses);
      },
    },
    publish: 'never',
  });
} catch (error) {
  fail(`The app could not be packed: ${error instanceof Error ? error.message : String(error)}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

const fuses = (await fusesOf(programIn(folder))).map(([name, state]) => `  ${name}: ${state}`);
say(`\nPacked: ${relative(process.cwd(), folder)}\nFuses:\n${fuses.join('\n')}`);
say(
  isOfficial
    ? 'Electron is the official one. Not signed: a release is signed by electron-builder on the system that it is for.'
    : `NOT FOR RELEASE: the runtime is the stand-in, Electron ${STAND_IN_VERSION}, with a Node 24 beside it for the engine. For tests of the packaging only.`,
);

function official() {
  return {
    electronDist: process.env.FIELDLINK_ELECTRON ? dirname(binary) : join(root, 'node_modules', 'electron', 'dist'),
  };
}

/** A real copy of the stand-in: the fuses are burnt into the packed binary, and the tree's files are links that all clones share. */
function standIn() {
  mkdirSync(work, { recursive: true });
  const runtime = join(work, 'electron');
  cpSync(dirname(binary), runtime, {
    recursive: true,
    filter: (path) => !path.startsWith(join(dirname(binary), 'resources', 'app')),
  });
  copyFileSync(node24, join(work, 'node'));
  return {
    electronDist: runtime,
    electronVersion: STAND_IN_VERSION,
    extraResources: [{ from: join(work, 'node'), to: 'node/node' }],
  };
}

/** An older binary has fewer fuses, and asking for one more is an error. */
async function askOnlyForFusesItHas(appFolder, wanted) {
  for (const [name, state] of await fusesOf(programIn(appFolder))) {
    if (state === ABSENT) delete wanted[name[0].toLowerCase() + name.slice(1)];
  }
}

async function fusesOf(program) {
  const { FuseV1Options, FuseState, getCurrentFuseWire } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(program);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  return names.map((name) => {
    const state = wire[FuseV1Options[name]];
    return [name, state === undefined ? ABSENT : state === FuseState.ENABLE ? 'on' : 'off'];
  });
}

function programIn(appFolder) {
  const program = ['fieldlink', 'Fieldlink.exe', 'Fieldlink.app']
    .map((name) => join(appFolder, name))
    .find((path) => existsSync(path));
  if (!program) fail(`${appFolder} holds no program. Look at what electron-builder said above.`);
  return program;
}
