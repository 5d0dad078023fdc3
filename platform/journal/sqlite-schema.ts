import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { genesis } from './chain.ts';

/** How long a connection waits for another process that is writing, in milliseconds, before it gives up. */
const busyTimeoutMs = 5_000;

/** Pages kept in memory by a connection, in KiB: enough for the upper levels of the indexes of some million facts. */
const cacheKib = 65_536;

/**
 * `text` is the truth; id, subject and version are what rows are found by, and `verify` holds them against the text. `head` is one
 * row that every append moves on: without it, nobody would miss the last facts if they were deleted.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS facts (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (subject, version)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  INSERT OR IGNORE INTO head VALUES (1, ${genesis.seq}, '${genesis.hash}');
  PRAGMA user_version = 1;
`;

/** @throws Error for a format that this program does not know */
export function refuseFormat(file: string, format: number): void {
  if (format === 1) return;
  if (format === 0)
    throw new Error(`${file} holds no journal: it is empty. Restore a backup if there were facts in it`);
  throw new Error(`${file} has journal format ${format}, this program knows 1: use a newer program`);
}

/** Opens the one connection of a process that writes, and makes the tables where there are none. */
export function openForWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  // FULL syncs the log at every commit; without it a power cut could take acknowledged facts. Checkpoints are run by the
  // writer itself, because the automatic ones hide their failures.
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA cache_size = -${cacheKib};
  `);
  const format = formatOf(database);
  if (format === 0) database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
  else refuseFormat(file, format);
  // A process that was killed may have left a commit that is whole in the log and was never synced. From here on it counts as
  // appended, so it is synced first: every checkpoint syncs the log before it copies from it.
  database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  return database;
}

/** Opens a connection that cannot write, for reads beside the writer. */
export function openForReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
  database.exec(`PRAGMA cache_size = -${cacheKib};`);
  return database;
}

/**
 * Opens any SQLite file for looking, and leaves nothing beside it. Without a log nobody has the file open, so it is read as
 * one that does not change: else even a reader makes a log, and one that root made would keep the server's user out.
 * https://www.sqlite.org/wal.html#read_only_databases
 */
export function openToLook(file: string): DatabaseSync {
  if (existsSync(`${file}-wal`)) return new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
  const address = pathToFileURL(file);
  address.searchParams.set('immutable', '1');
  return new DatabaseSync(address, { readOnly: true });
}

/** The format of the journal in a file; 0 where there is none yet. */
export const formatOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version);

/** Primary codes of https://www.sqlite.org/rescode.html */
const primaryCodes = { busy: 5, full: 13, constraint: 19 } as const;

const codeOf = (error: unknown): number => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errcode') : null;
  return typeof code === 'number' ? code & 0xff : 0;
};

/** No room on the disk: nothing of the transaction is in the database. */
export const isFull = (error: unknown): boolean => codeOf(error) === primaryCodes.full;

/** Another process kept writing for longer than the timeout. */
export const isBusy = (error: unknown): boolean => codeOf(error) === primaryCodes.busy;

/** A law of the tables was broken, such as that an id stands for one fact: a bug of the caller, and the disk is well. */
export const isConstraint = (error: unknown): boolean => codeOf(error) === primaryCodes.constraint;
