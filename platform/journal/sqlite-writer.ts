import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Seq, Version } from '../../kernel/fact.ts';
import { admit, type Ground, type PreparedBatch } from './admit.ts';
import type { AppendRefusal, Head } from './journal.ts';
import type { Row } from './row.ts';
import { isBusy, isConstraint, isFull } from './sqlite-schema.ts';

/** The answer to one batch; the numbers are enough to put its facts together again. */
export type WriterResult =
  | { readonly outcome: 'appended'; readonly first: Seq; readonly versions: readonly Version[] }
  /** The batch was in already; its facts stand from `first` on. */
  | { readonly outcome: 'known'; readonly first: Seq }
  | AppendRefusal
  /** Whether the batch is in is not known; `isFinal` when the writer takes no more. */
  | { readonly outcome: 'failed'; readonly detail: string; readonly isFinal: boolean };

/** Commits from one checkpoint to the next, and facts: each bounds the log, which holds whole pages for every commit. */
const checkpointDefaults = { commitCountMax: 250, factCountMax: 20_000 } as const;

/**
 * Appends groups of batches, each group in one transaction with one sync. It may be one of several writers on the file: all
 * that it believes, it reads inside the transaction, which only one process at a time can hold.
 */
export class SqliteWriter {
  readonly #database: DatabaseSync;
  readonly #selectHead: StatementSync;
  readonly #selectVersion: StatementSync;
  readonly #selectSeq: StatementSync;
  readonly #insert: StatementSync;
  readonly #updateHead: StatementSync;
  #commitsSinceCheckpoint = 0;
  #factsSinceCheckpoint = 0;
  /** Set when a write failed in a way that leaves the outcome open. */
  #stopped: string | null = null;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#selectHead = database.prepare('SELECT seq, hash FROM head');
    this.#selectVersion = database.prepare('SELECT max(version) AS version FROM facts WHERE subject = ?');
    this.#selectSeq = database.prepare('SELECT seq FROM facts WHERE id = ?');
    this.#insert = database.prepare(
      'INSERT INTO facts (seq, id, subject, version, text, hash) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#updateHead = database.prepare('UPDATE head SET seq = ?, hash = ?');
  }

  /** Appends what may be appended, durable when it returns; one result a batch, in order. Never throws. */
  commit(group: readonly PreparedBatch[]): readonly WriterResult[] {
    const stopped = this.#stopped;
    if (stopped !== null) return group.map(() => ({ outcome: 'failed', detail: stopped, isFinal: true }));
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const results = this.#appendAll(group);
      this.#database.exec('COMMIT');
      this.#commitsSinceCheckpoint += 1;
      return results;
    } catch (error) {
      return this.#answerFault(error, group);
    }
  }

  /**
   * Moves the log into the database when it has grown; to be called when the answers are out. A full disk is no fault
   * here: the log keeps what it has.
   */
  checkpointWhenDue(): void {
    const { commitCountMax, factCountMax } = checkpointDefaults;
    if (this.#commitsSinceCheckpoint < commitCountMax && this.#factsSinceCheckpoint < factCountMax) return;
    this.#commitsSinceCheckpoint = 0;
    this.#factsSinceCheckpoint = 0;
    try {
      this.#database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
    } catch (error) {
      if (!isFull(error) && !isBusy(error)) this.#stop(error);
    }
  }

  #appendAll(group: readonly PreparedBatch[]): readonly WriterResult[] {
    const before = this.#selectHead.get() as unknown as Head;
    let head = before;
    const results = group.map((batch): WriterResult => {
      const admission = admit(batch, this.#groundAt(head));
      if (admission.outcome !== 'admitted') return admission;
      for (const row of admission.rows) this.#insertRow(row);
      const first = head.seq + 1;
      head = admission.head;
      return { outcome: 'appended', first, versions: admission.rows.map((row) => row.version) };
    });
    if (head.seq > before.seq) this.#updateHead.run(head.seq, head.hash);
    this.#factsSinceCheckpoint += head.seq - before.seq;
    return results;
  }

  #insertRow(row: Row): void {
    this.#insert.run(row.seq, row.id, row.subject, row.version, row.text, row.hash);
  }

  #groundAt(head: Head): Ground {
    return {
      head,
      versionOf: (subject) => Number(this.#selectVersion.get(subject)?.version ?? 0),
      seqOf: (id) => {
        const row = this.#selectSeq.get(id);
        return row === undefined ? null : Number(row.seq);
      },
    };
  }

  #answerFault(error: unknown, group: readonly PreparedBatch[]): readonly WriterResult[] {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    if (isFull(error) || isConstraint(error)) {
      // One batch that is too large, or wrong, must not have those beside it refused.
      if (group.length > 1) return group.flatMap((batch) => this.commit([batch]));
      if (isConstraint(error)) {
        return [{ outcome: 'failed', detail: `nothing was appended: ${String(error)}`, isFinal: false }];
      }
      return [{ outcome: 'no-space', detail: 'The disk of the journal is full: make room, then try again.' }];
    }
    if (!isBusy(error)) this.#stop(error);
    const detail = `the journal could not be written: ${String(error)}`;
    const isFinal = this.#stopped !== null;
    return group.map(() => ({ outcome: 'failed', detail, isFinal }));
  }

  /**
   * After a failed sync the system may forget what it could not write and call the next sync good. So nothing more is
   * written until the journal has been opened, and with it recovered, again.
   */
  #stop(error: unknown): void {
    this.#stopped ??= `the journal stopped after a failed write (${String(error)}): look after the disk, then start again`;
  }
}
