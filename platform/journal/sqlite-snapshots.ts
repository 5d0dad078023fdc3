import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Snapshot } from './journal.ts';

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS snapshots (
    name TEXT PRIMARY KEY,
    shape INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
`;

/**
 * Snapshots stand in a file of their own: they are large, may be lost, and must not swell the log of the facts or their
 * backups. A file that cannot be read is thrown away.
 */
export class SqliteSnapshots {
  readonly #file: string;
  #database: DatabaseSync | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  save({ name, shape, seq, body }: Snapshot): void {
    this.#opened().prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)').run(name, shape, seq, body);
  }

  load(name: string): Snapshot | null {
    try {
      const row = this.#opened().prepare('SELECT name, shape, seq, body FROM snapshots WHERE name = ?').get(name);
      return row === undefined ? null : ({ ...row } as unknown as Snapshot);
    } catch {
      this.#discard();
      return null;
    }
  }

  close(): void {
    this.#database?.close();
    this.#database = null;
  }

  #opened(): DatabaseSync {
    if (this.#database !== null) return this.#database;
    const database = new DatabaseSync(this.#file, { timeout: 5_000 });
    try {
      database.exec(schema);
    } catch (error) {
      database.close();
      throw error;
    }
    this.#database = database;
    return database;
  }

  #discard(): void {
    this.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.#file + suffix, { force: true });
  }
}
