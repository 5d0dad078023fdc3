import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CommandFailure } from './command.ts';
import { exitCodes } from './exit-codes.ts';

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

/**
 * Makes the folder if need be, readable by its owner only.
 * @throws CommandFailure saying which folder cannot be used and why
 */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandFailure(
      exitCodes.unavailable,
      `the data folder ${folder} cannot be used: ${why}. Name another with --data`,
      { cause },
    );
  }
}

/**
 * Takes the folder for this process. The lock is SQLite's own file lock, so a crash never leaves it behind.
 * @returns a function that lets go
 * @throws CommandFailure naming the process that has it
 */
export function lockDataFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, dataFiles.lock), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    const holder = readLocalServer(folder);
    const who = holder === null ? 'another process' : `process ${holder.pid}, at ${holder.url}`;
    throw new CommandFailure(
      exitCodes.unavailable,
      `the data folder ${folder} is in use by ${who}. Stop it, or name another folder with --data`,
      { cause },
    );
  }
  return () => lock.close();
}

/** True while a server holds the folder. */
export function isDataFolderLocked(folder: string): boolean {
  try {
    lockDataFolder(folder)();
    return false;
  } catch (failure) {
    if (failure instanceof CommandFailure) return true;
    throw failure;
  }
}

/** Says where the server is; only the owner of the folder can read it. */
export function writeLocalServer(folder: string, server: LocalServer): void {
  writeFileSync(join(folder, dataFiles.server), `${JSON.stringify(server, null, 2)}\n`, { mode: 0o600 });
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
