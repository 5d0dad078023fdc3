import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CommandFailure } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { wordsOfHostFailure } from './host-failure.ts';

/** The files of a data folder, by what they hold. */
export const dataFiles = {
  journal: 'journal.db',
  records: 'records.db',
  /** Held by the running server; the operating system lets go of it when the process dies, however it dies. */
  lock: 'lock.db',
  /** Where the running server is reached by commands of the same user on the same machine. */
  server: 'server.json',
} as const;

/** How commands on this machine reach the server: who may read the data folder may administer it. */
export interface LocalServer {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
}

/** What a fresh disk brings along; it does not make a folder somebody's. */
const notContent: ReadonlySet<string> = new Set(['lost+found']);

/** What makes it a data folder; a half that is lost does not make it somebody else's. */
const ownNames: ReadonlySet<string> = new Set([dataFiles.journal, dataFiles.records, dataFiles.lock]);

/** A folder with other things in it is somebody's: closing it to all others would be no favour. */
function refuseForeignFolder(folder: string): void {
  const names = readdirSync(folder).filter((name) => !notContent.has(name));
  if (names.length === 0 || names.some((name) => ownNames.has(name))) return;
  throw new CommandFailure(
    exitCodes.unavailable,
    `${folder} is no data folder: it holds ${JSON.stringify(names[0])} and no ${dataFiles.journal}. Name a new or empty folder with --data`,
  );
}

/**
 * Makes the folder if need be, readable by its owner only.
 * @throws CommandFailure saying which folder cannot be used and why
 */
export function prepareDataFolder(folder: string): void {
  try {
    if (existsSync(folder)) refuseForeignFolder(folder);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    throw new CommandFailure(
      exitCodes.unavailable,
      `the data folder ${folder} cannot be used: ${reasonOf(cause)}. Or name another with --data`,
      { cause },
    );
  }
}

const reasonOf = (cause: unknown): string =>
  wordsOfHostFailure(cause) ?? (cause instanceof Error ? cause.message : String(cause));

/** SQLite's own number for "somebody else holds this". https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5;

const isHeld = (cause: unknown): boolean =>
  cause instanceof Error && 'errcode' in cause && Number(cause.errcode) % 256 === sqliteBusy;

/**
 * Takes the folder for this process. The lock is SQLite's own file lock, so a crash never leaves it behind.
 * @returns a function that lets go
 * @throws CommandFailure naming the process that has it, or why the lock cannot be written
 */
export function lockDataFolder(folder: string): () => void {
  let lock: DatabaseSync | null = null;
  try {
    lock = new DatabaseSync(join(folder, dataFiles.lock), { timeout: 0 });
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock?.close();
    throw isHeld(cause) ? new FolderHeld(folder, cause) : lockFailure(folder, cause);
  }
  const held = lock;
  return () => held.close();
}

const lockFailure = (folder: string, cause: unknown): CommandFailure =>
  new CommandFailure(
    exitCodes.unavailable,
    `the data folder ${folder} cannot be locked: ${wordsOfHostFailure(cause, join(folder, dataFiles.lock)) ?? String(cause)}`,
    { cause },
  );

/** Another process has the folder. */
class FolderHeld extends CommandFailure {
  constructor(folder: string, cause: unknown) {
    const holder = readLocalServer(folder);
    const who = holder === null ? 'another process' : `process ${holder.pid}, at ${holder.url}`;
    super(
      exitCodes.unavailable,
      `the data folder ${folder} is in use by ${who}. Stop it, or name another folder with --data`,
      { cause },
    );
  }
}

/** True while a server holds the folder. */
export function isDataFolderLocked(folder: string): boolean {
  try {
    lockDataFolder(folder)();
    return false;
  } catch (failure) {
    if (failure instanceof FolderHeld) return true;
    throw failure;
  }
}

/**
 * Says where the server is; only the owner of the folder can read it. A fresh file takes the place of an old one: the token
 * never stands in a file, or behind a link, that somebody else made readable.
 */
export function writeLocalServer(folder: string, server: LocalServer): void {
  const fresh = join(folder, `${dataFiles.server}.new`);
  rmSync(fresh, { force: true });
  writeFileSync(fresh, `${JSON.stringify(server, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(fresh, join(folder, dataFiles.server));
}

export const removeLocalServer = (folder: string): void => rmSync(join(folder, dataFiles.server), { force: true });

const isLocalServer = (value: unknown): value is LocalServer =>
  typeof value === 'object' && value !== null && 'pid' in value && 'url' in value && 'token' in value;

/** What the last server of this folder said of itself, or null. It may have been killed since. */
export function readLocalServer(folder: string): LocalServer | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, dataFiles.server), 'utf8'));
    return isLocalServer(value) ? value : null;
  } catch {
    return null;
  }
}
