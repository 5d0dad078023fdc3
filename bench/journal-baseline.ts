import { DatabaseSync } from 'node:sqlite';
import type { FactToAppend } from '../platform/journal/journal.ts';

/**
 * The same rows put into a SQLite table by the shortest way there is: no thread, no chain, no guard, no group commit; one
 * transaction and one sync a batch. What the journal does beyond that is seen as a ratio.
 */
export class BareTable {
  readonly #database: DatabaseSync;
  readonly #insert: ReturnType<DatabaseSync['prepare']>;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE facts (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, subject TEXT, text TEXT) STRICT;
      CREATE INDEX facts_by_subject ON facts (subject);
    `);
    this.#insert = this.#database.prepare('INSERT INTO facts (id, subject, text) VALUES (?, ?, ?)');
  }

  append(facts: readonly FactToAppend[]): void {
    this.#database.exec('BEGIN IMMEDIATE');
    for (const fact of facts) this.#insert.run(fact.id, fact.subject, JSON.stringify(fact));
    this.#database.exec('COMMIT');
  }

  close(): void {
    this.#database.close();
  }
}
