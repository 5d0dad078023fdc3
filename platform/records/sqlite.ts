import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../kernel/json.ts';
import { RecordsFailure } from './failure.ts';
import type { PutResult, Records, Stored } from './records.ts';

export interface SqliteRecordsOptions {
  /** The file; made when it is not there. Beside it stand `-wal` and `-shm` while it is open. */
  readonly path: string;
  /** Largest size of the file in bytes, rounded down to whole pages; a `put` beyond it answers `no-space`. No limit when left out. */
  readonly bytesMax?: number;
}

/** How long an erasure waits for another process that reads the file (a backup) before it fails. */
const busyTimeoutMs = 2_000;

/** SQLITE_FULL, the primary result code of a full disk or a met page limit. https://www.sqlite.org/rescode.html#full */
const sqliteFull = 13;

// `secure_delete` overwrites erased content with zeros in the file; FULL syncs the log before a commit is acknowledged.
const settings = `
  PRAGMA busy_timeout = ${busyTimeoutMs};
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS records (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (collection, key)
  ) STRICT, WITHOUT ROWID;
`;

function limitSize(database: DatabaseSync, bytesMax: number): void {
  const pageBytes = Number(database.prepare('PRAGMA page_size').get()?.page_size);
  database.exec(`PRAGMA max_page_count = ${Math.floor(bytesMax / pageBytes)}`);
}

const storedOf = <Body extends JsonObject>(row: Record<string, unknown>): Stored<Body> => ({
  key: String(row.key),
  body: JSON.parse(String(row.body)) as Body,
  revision: Number(row.revision),
});

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === sqliteFull;

/**
 * Empties the write-ahead log into the file and cuts it to nothing: the log holds what a page held before, so erased text
 * would live on in it. https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
 * @throws RecordsFailure when another process holds the log
 */
function emptyLog(database: DatabaseSync): void {
  const answer = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (answer?.busy === 0) return;
  throw new RecordsFailure(
    `erased, but another process has been reading the records for ${busyTimeoutMs} ms, so the log still holds the text; ask again when it has finished`,
  );
}

/** The questions that records are asked, over an open database. */
function reading(database: DatabaseSync): Pick<Records, 'get' | 'list'> {
  const one = database.prepare('SELECT key, body, revision FROM records WHERE collection = ? AND key = ?');
  const all = database.prepare('SELECT key, body, revision FROM records WHERE collection = ? ORDER BY key');
  return {
    async get<Body extends JsonObject>(collection: string, key: string): Promise<Stored<Body> | null> {
      const row = one.get(collection, key);
      return row === undefined ? null : storedOf<Body>(row);
    },
    async list<Body extends JsonObject>(collection: string): Promise<readonly Stored<Body>[]> {
      return all.all(collection).map((row) => storedOf<Body>(row));
    },
  };
}

/** Records to look at, in a database that somebody opened for it; nothing is made or changed. Null where there are none in it. */
export function lookAtRecords(database: DatabaseSync): Pick<Records, 'get' | 'list'> | null {
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'records'").get();
  return table === undefined ? null : reading(database);
}

/**
 * Opens records in a SQLite file. Calls of node:sqlite are synchronous, so each of these operations is done, and durable, by
 * the time its promise is made; they are promises because other adapters are not as near.
 */
export function openSqliteRecords({ path, bytesMax }: SqliteRecordsOptions): Records {
  const database = new DatabaseSync(path);
  database.exec(settings);
  if (bytesMax !== undefined) limitSize(database, bytesMax);
  // A crash between an erasure and its checkpoint leaves the text in the log: finish that first.
  emptyLog(database);

  const add = database.prepare('INSERT INTO records VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING');
  const replace = database.prepare(
    'UPDATE records SET body = ?, revision = revision + 1 WHERE collection = ? AND key = ? AND revision = ?',
  );
  const remove = database.prepare('DELETE FROM records WHERE collection = ? AND key = ?');

  const write = (collection: string, key: string, text: string, revision: number): PutResult => {
    try {
      const { changes } =
        revision === 0 ? add.run(collection, key, text) : replace.run(text, collection, key, revision);
      return changes === 1 ? 'stored' : 'conflict';
    } catch (error) {
      if (isFull(error)) return 'no-space';
      throw error;
    }
  };

  return {
    ...reading(database),
    async put(collection, key, body, revision) {
      return write(collection, key, JSON.stringify(body), revision);
    },
    async erase(collection, key) {
      const { changes } = remove.run(collection, key);
      // Also when nothing was there: an erasure that failed half-way is asked again, and must then be carried through.
      emptyLog(database);
      return changes === 1;
    },
    async close() {
      if (database.isOpen) database.close();
    },
  };
}
