import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { isoOf, type Millis } from '../kernel/time.ts';
import type { Head } from '../platform/journal/journal.ts';
import { openSqliteReading } from '../platform/journal/sqlite-reading.ts';
import { openSqliteRecords } from '../platform/records/sqlite.ts';
import { CommandFailure } from './command.ts';
import { dataFiles, lockDataFolder, prepareDataFolder } from './data-folder.ts';
import { exitCodes } from './exit-codes.ts';
import { withPlace } from './host-failure.ts';
import { putMark } from './journal-mark.ts';

/** What a backup says of itself, in `manifest.json`; written last, so that a folder without one is no backup. */
export interface Manifest {
  readonly product: 'plimsoll';
  readonly format: 1;
  readonly madeAt: string;
  /** Last fact of the journal and the hash of its chain: a restore must come to the same. */
  readonly head: Head;
  /** SHA-256 of each file, in hex. */
  readonly files: Readonly<Record<string, string>>;
}

const manifestFile = 'manifest.json';

/**
 * The order matters. Records are written before the fact that names them, so a journal copied first never names a record
 * that the copy of the records lacks, but for those erased in between, which must be lacking.
 */
const copiedFiles = [dataFiles.journal, dataFiles.records] as const;

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** Copies one database page by page through SQLite's online backup, while a server may be writing to it. */
async function copyDatabase(from: string, to: string): Promise<void> {
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(database, to);
  } finally {
    database.close();
  }
}

/** Walks the chain of a copied journal. @throws CommandFailure naming the first fact that does not hold */
async function verifiedHead(folder: string): Promise<Head> {
  const journal = openSqliteReading(join(folder, dataFiles.journal));
  try {
    const { head, fault } = await journal.verify();
    if (fault === null) return head;
    throw new CommandFailure(
      exitCodes.faults,
      `fact ${fault.seq} (${fault.type} of ${fault.subject}) does not hold: ${fault.detail}. Use another backup`,
    );
  } finally {
    await journal.close();
  }
}

function checkIntegrity(file: string): void {
  const database = new DatabaseSync(file);
  try {
    const answer = database.prepare('PRAGMA integrity_check').get();
    if (answer?.integrity_check !== 'ok') {
      throw new CommandFailure(exitCodes.faults, `${file} is damaged: ${String(answer?.integrity_check)}`);
    }
    // One file is easier to carry than three, and nothing of it must stay behind in a log.
    database.exec('PRAGMA journal_mode = DELETE');
  } finally {
    database.close();
  }
}

/** The records were copied after the journal, so their mark may name a fact that came in between. */
async function markCopy(file: string, head: Head): Promise<void> {
  const records = openSqliteRecords({ path: file });
  try {
    if (head.seq > 0) await putMark(records, head);
  } finally {
    await records.close();
  }
  checkIntegrity(file);
}

const isEmptyFolder = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;

/**
 * Makes a backup that is verified: each file is copied while the server runs, opened, checked, and the chain of facts is
 * walked. @throws CommandFailure when the target is in the way or the copy does not hold
 */
export async function makeBackup(dataFolder: string, target: string, now: Millis): Promise<Manifest> {
  if (!existsSync(join(dataFolder, dataFiles.journal))) {
    throw new CommandFailure(exitCodes.unavailable, `${dataFolder} holds no journal. Name the data folder with --data`);
  }
  if (!isEmptyFolder(target)) {
    throw new CommandFailure(
      exitCodes.refused,
      `${target} is not empty; a backup never writes over anything. Name a new folder`,
    );
  }
  mkdirSync(target, { recursive: true, mode: 0o700 });
  for (const name of copiedFiles) {
    const [from, to] = [join(dataFolder, name), join(target, name)];
    if (!existsSync(from))
      throw new CommandFailure(exitCodes.unavailable, `${from} is not there. Look with plimsoll doctor`);
    await withPlace(`${from}, copied to ${to}`, () => copyDatabase(from, to));
    checkIntegrity(to);
  }
  const head = await verifiedHead(target);
  await markCopy(join(target, dataFiles.records), head);
  const files: Record<string, string> = {};
  for (const name of copiedFiles) files[name] = await digestOf(join(target, name));
  const manifest: Manifest = { product: 'plimsoll', format: 1, madeAt: isoOf(now), head, files };
  writeFileSync(join(target, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isManifest = (value: unknown): value is Manifest =>
  isObject(value) &&
  value.product === 'plimsoll' &&
  value.format === 1 &&
  isObject(value.files) &&
  isObject(value.head);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readManifest(source: string): Manifest {
  const file = join(source, manifestFile);
  if (!existsSync(file)) {
    throw new CommandFailure(
      exitCodes.refused,
      `${source} has no ${manifestFile}: it is no backup, or one that was not finished`,
    );
  }
  const value = parsed(readFileSync(file, 'utf8'));
  if (isManifest(value)) return value;
  throw new CommandFailure(
    exitCodes.refused,
    `${file} is not what this version writes: expected JSON with product "plimsoll", format 1, files and head. Use another backup`,
  );
}

async function checkDigests(source: string, manifest: Manifest): Promise<void> {
  for (const name of copiedFiles) {
    const found = existsSync(join(source, name)) ? await digestOf(join(source, name)) : 'nothing';
    if (found !== manifest.files[name]) {
      throw new CommandFailure(
        exitCodes.faults,
        `${join(source, name)} was changed since the backup was made: expected SHA-256 ${manifest.files[name]}, found ${found}`,
      );
    }
  }
}

export interface Restored {
  readonly manifest: Manifest;
  /** Where the data that stood there before was moved; null when there was none. */
  readonly movedAside: string | null;
}

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(outer + sep);

/** The lock and, while it is held, what SQLite keeps beside it. */
const lockFiles: readonly string[] = [dataFiles.lock, `${dataFiles.lock}-journal`];

const isUnused = (folder: string): boolean =>
  !existsSync(folder) || readdirSync(folder).every((name) => lockFiles.includes(name));

/** Has the system carry out what it was told to write to a file or folder: a power cut does not undo it from here on. */
function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Copies a backup beside the data folder and holds it against its manifest. */
async function bringIn(source: string, manifest: Manifest, incoming: string): Promise<void> {
  for (const name of copiedFiles) {
    await cp(join(source, name), join(incoming, name));
    sync(join(incoming, name));
  }
  sync(incoming);
  const head = await verifiedHead(incoming);
  if (head.hash === manifest.head.hash) return;
  throw new CommandFailure(
    exitCodes.faults,
    `the journal ends in ${head.hash}, the manifest says ${manifest.head.hash}. Use another backup`,
  );
}

/**
 * Puts a backup in the place of a data folder. What stood there is moved aside, never deleted. The copy is made and
 * verified beside the folder first, so that a failure on the way leaves everything as it was.
 */
export async function restoreBackup(backupFolder: string, dataFolder: string, now: Millis): Promise<Restored> {
  // Whole paths: "data/" with a suffix would lie inside of the folder, not beside it.
  const [source, data] = [resolve(backupFolder), resolve(dataFolder)];
  if (isWithin(source, data)) {
    throw new CommandFailure(
      exitCodes.refused,
      `the backup ${source} lies in the data folder ${data}, which would be moved aside. Copy it elsewhere, or name another --data`,
    );
  }
  const manifest = readManifest(source);
  await checkDigests(source, manifest);
  const stamp = isoOf(now).replaceAll(/[:.]/g, '-');
  const incoming = `${data}.restoring-${stamp}`;
  const movedAside = isUnused(data) ? null : `${data}.before-${stamp}`;
  prepareDataFolder(data);
  // Both are locked: the folder that goes, so that no server starts on it meanwhile, and the one that takes its place.
  const releases = [lockDataFolder(data)];
  try {
    mkdirSync(incoming, { recursive: true, mode: 0o700 });
    releases.push(lockDataFolder(incoming));
    await withPlace(incoming, () => bringIn(source, manifest, incoming));
    putInPlace(incoming, data, movedAside);
  } catch (failure) {
    rmSync(incoming, { recursive: true, force: true });
    throw failure;
  } finally {
    for (const release of releases) release();
  }
  return { manifest, movedAside };
}

/** Nothing is waited for between the steps: a server that starts at this moment finds the one folder locked, or the other. */
function putInPlace(incoming: string, data: string, movedAside: string | null): void {
  // Nothing but the lock goes with an unused folder: were there something else, the system would refuse its name.
  if (movedAside === null) for (const name of lockFiles) rmSync(join(data, name), { force: true });
  else renameSync(data, movedAside);
  renameSync(incoming, data);
  sync(dirname(data));
}
