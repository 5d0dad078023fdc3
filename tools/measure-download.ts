/**
 * Measures what a first `npm start` and a first `npm test` download and keep, and writes tools/download.json, which the
 * launcher reads out before it downloads anything. Run it after a change of dependencies: `node tools/measure-download.ts`.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './runtime.mjs';

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly downloadBytes: number;
}

interface Sum {
  readonly packages: number;
  readonly downloadMb: number;
  readonly diskMb: number;
  /** The biggest first; together with the rest they make `downloadMb`. */
  readonly largest: readonly { readonly name: string; readonly downloadMb: number }[];
}

const largestCount = 5;
/** A smaller one is not worth naming. */
const largestBytesMin = 1e6;
const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;

/** The packages that a hidden lock file of npm lists, with the size of each one's archive in npm's cache. */
function installedIn(hiddenLock: string, cache: string): readonly Installed[] {
  const { packages } = JSON.parse(readFileSync(hiddenLock, 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity?: string }>>;
  };
  return Object.entries(packages).flatMap(([path, { version, integrity }]) => {
    if (integrity === undefined) return [];
    const [algorithm = '', digest = ''] = integrity.split('-');
    const hex = Buffer.from(digest, 'base64').toString('hex');
    const archive = join(cache, '_cacache', 'content-v2', algorithm, hex.slice(0, 2), hex.slice(2, 4), hex.slice(4));
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [{ name, version, downloadBytes: statSync(archive).size }];
  });
}

/** Bytes on disk under a folder; a file with two names (a hard link) counts once. */
function diskBytes(folder: string, seen = new Set<number>()): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += diskBytes(path, seen);
    const { ino, blocks } = lstatSync(path);
    if (!seen.has(ino)) bytes += blocks * 512;
    seen.add(ino);
  }
  return bytes;
}

/** Installs into an empty folder with an empty cache, and adds up. */
function measure(npmArgs: readonly string[]): Sum {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-download-'));
  const cache = join(folder, 'cache');
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      copyFileSync(join(projectFolder, file), join(folder, file));
    }
    execFileSync('npm', ['ci', '--cache', cache, ...npmArgs], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    const modules = join(folder, 'node_modules');
    // The package `node` fetches the program for this kind of machine with an npm of its own, beside the lock file.
    const locks = [modules, join(modules, 'node', 'node_modules')].map((place) => join(place, '.package-lock.json'));
    const installed = locks.flatMap((lock) => installedIn(lock, cache));
    const large = installed.filter(({ downloadBytes }) => downloadBytes >= largestBytesMin);
    const bySize = large.toSorted((a, b) => b.downloadBytes - a.downloadBytes);
    return {
      packages: installed.length,
      downloadMb: Math.round(installed.reduce((sum, { downloadBytes }) => sum + downloadBytes, 0) / 1e6),
      diskMb: Math.round(diskBytes(modules) / 1e6),
      largest: bySize.slice(0, largestCount).map(({ name, version, downloadBytes }) => ({
        name: `${name}@${version}`,
        downloadMb: megabytes(downloadBytes),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const lock = createHash('sha256')
  .update(readFileSync(join(projectFolder, 'package-lock.json')))
  .digest('hex');
const report = {
  lock,
  machine: `${process.platform}-${process.arch}`,
  start: measure(['--omit=dev']),
  test: measure([]),
};
writeFileSync(join(projectFolder, 'tools', 'download.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
