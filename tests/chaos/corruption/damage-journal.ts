import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was done to the files, and which pages in their newest version lost bytes by it. */
export type Damage = { readonly kind: string; readonly touched: ReadonlySet<number> };

/** Where the newest version of each page lies: independent of the code that rescues. */
export type PageMap = { readonly pageSize: number; readonly places: ReadonlyMap<number, Place> };
type Place = { readonly file: 'db' | 'wal'; readonly at: number; readonly group: number };

const FRAME = 24;

export function mapPages(path: string): PageMap {
  const db = readFileSync(path);
  const pageSize = db.readUInt16BE(16);
  const places = new Map<number, Place>();
  for (let at = 0; at < db.length; at += pageSize) places.set(at / pageSize + 1, { file: 'db', at, group: -1 });
  if (!existsSync(`${path}-wal`)) return { pageSize, places };
  const wal = readFileSync(`${path}-wal`);
  const salt = wal.length > 32 ? wal.readBigUInt64BE(16) : 0n;
  let group: { page: number; at: number }[] = [];
  for (
    let at = 32;
    at + FRAME + pageSize <= wal.length && wal.readBigUInt64BE(at + 8) === salt;
    at += FRAME + pageSize
  ) {
    group.push({ page: wal.readUInt32BE(at), at });
    if (wal.readUInt32BE(at + 4) === 0) continue;
    for (const frame of group) places.set(frame.page, { file: 'wal', at: frame.at, group: at });
    group = [];
  }
  return { pageSize, places };
}

type Hurt = { readonly path: string; readonly random: () => number; readonly map: PageMap };

export function damageJournal(directory: string, random: () => number): Damage {
  const path = join(directory, 'journal.db');
  const hurt = { path, random, map: mapPages(path) };
  const choice = random();
  if (choice < 0.62) return flip(hurt);
  if (choice < 0.72) return cut(hurt);
  if (choice < 0.8) return wipePages(hurt);
  if (choice < 0.86) return dropLog(hurt);
  if (choice < 0.92) return empty(hurt);
  if (choice < 0.96) return remove(hurt);
  return goBack(hurt, directory);
}

/** 1 to 64 bits on 1 to 8 random pages, of the file or of its log. */
function flip({ path, random, map }: Hurt): Damage {
  const touched = new Set<number>();
  const hasLog = existsSync(`${path}-wal`) && readFileSync(`${path}-wal`).length > 32;
  const file = hasLog && random() < 0.4 ? 'wal' : 'db';
  const name = file === 'wal' ? `${path}-wal` : path;
  const bytes = readFileSync(name);
  const pages = Array.from({ length: 1 + Math.floor(random() * 8) }, () => Math.floor(random() * bytes.length));
  const count = 1 + Math.floor(random() * 64);
  for (let index = 0; index < count; index += 1) {
    const base = pages[Math.floor(random() * pages.length)] ?? 0;
    const at = Math.min(bytes.length - 1, base + Math.floor(random() * 200));
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    touch(touched, map, file, at);
  }
  writeFileSync(name, bytes);
  return { kind: `flip ${file}`, touched };
}

function touch(touched: Set<number>, { pageSize, places }: PageMap, file: Place['file'], at: number): void {
  const step = file === 'wal' ? FRAME + pageSize : pageSize;
  const last = Math.max(...[...places.values()].map(({ group }) => group));
  for (const [page, place] of places) {
    if (place.file !== file) continue;
    if (at >= place.at && at < place.at + step) touched.add(page);
    // The commit mark of the last transaction: without it the transaction does not count.
    if (file === 'wal' && place.group === last && at >= last && at < last + FRAME) touched.add(page);
  }
}

function cut({ path, random, map }: Hurt): Damage {
  const touched = new Set<number>();
  const isLog = existsSync(`${path}-wal`) && random() < 0.3;
  const name = isLog ? `${path}-wal` : path;
  const size = Math.floor(readFileSync(name).length * random());
  truncateSync(name, size);
  const step = isLog ? FRAME + map.pageSize : map.pageSize;
  for (const [page, { file, at, group }] of map.places) {
    if (file === (isLog ? 'wal' : 'db') && Math.max(at, group) + step > size) touched.add(page);
  }
  return { kind: isLog ? 'cut log' : 'cut', touched };
}

function wipePages({ path, random, map }: Hurt): Damage {
  const touched = new Set<number>();
  const bytes = readFileSync(path);
  const count = bytes.length / map.pageSize;
  for (let index = 0; index < 1 + Math.floor(random() * 6); index += 1) {
    const at = Math.floor(random() * count) * map.pageSize;
    for (let byte = 0; byte < map.pageSize; byte += 1)
      bytes[at + byte] = random() < 0.5 ? 0 : Math.floor(random() * 256);
    touch(touched, map, 'db', at);
  }
  writeFileSync(path, bytes);
  return { kind: 'wipe', touched };
}

function dropLog({ path, map }: Hurt): Damage {
  rmSync(`${path}-wal`, { force: true });
  return { kind: 'no log', touched: pagesIn(map, 'wal') };
}

function empty({ path, map, random }: Hurt): Damage {
  truncateSync(path, 0);
  if (random() < 0.5) return { kind: 'empty', touched: pagesIn(map, 'db') };
  rmSync(`${path}-wal`, { force: true });
  return { kind: 'empty', touched: new Set(map.places.keys()) };
}

function remove({ path, map }: Hurt): Damage {
  for (const ending of ['', '-wal', '-shm']) rmSync(path + ending, { force: true });
  return { kind: 'gone', touched: new Set(map.places.keys()) };
}

/** Somebody puts a copy of last week in its place. */
function goBack(hurt: Hurt, directory: string): Damage {
  const folder = join(directory, 'backup');
  const copies = existsSync(folder) ? readdirSync(folder) : [];
  const copy = copies[Math.floor(hurt.random() * copies.length)];
  if (copy === undefined) return dropLog(hurt);
  for (const ending of ['-wal', '-shm']) rmSync(hurt.path + ending, { force: true });
  cpSync(join(folder, copy), hurt.path);
  return { kind: 'old copy', touched: new Set(hurt.map.places.keys()) };
}

function pagesIn({ places }: PageMap, file: Place['file']): ReadonlySet<number> {
  return new Set([...places].filter(([, place]) => place.file === file).map(([page]) => page));
}
