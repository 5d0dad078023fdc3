import { setImmediate as breathe } from 'node:timers/promises';
import { assert } from '../../kernel/assert.ts';
import type { Fact, Seq, Subject, Version } from '../../kernel/fact.ts';
import type { Millis } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';
import { assertRepeated, type PreparedBatch, prepareBatch } from './admit.ts';
import { Bell } from './bell.ts';
import { followPages } from './follow.ts';
import {
  type AppendResult,
  type Batch,
  type Head,
  type Journal,
  JournalFailure,
  type ReadOptions,
  type Snapshot,
  type Verification,
} from './journal.ts';
import { factOf, rowText } from './row.ts';
import { SqliteClient } from './sqlite-client.ts';
import { SqliteReader } from './sqlite-reader.ts';
import { verifyRows } from './sqlite-reading.ts';
import { openForReading } from './sqlite-schema.ts';
import type { WriterResult } from './sqlite-writer.ts';

/** Facts in one transaction at the most: what came meanwhile waits for the next. */
const groupFactCountMax = 10_000;

export interface SqliteJournalOptions {
  /** Path of the database; made, with its folder, when it is not there. */
  readonly file: string;
  /** Needed to follow: other processes are looked for at intervals. */
  readonly clock?: Clock;
  /** How soon a follower sees what another process wrote. What this handle wrote, it sees at once. */
  readonly pollMs?: Millis;
}

export const sqliteJournalDefaults = { pollMs: 50 } as const;

interface Waiting {
  readonly batch: PreparedBatch;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Opens a journal in a SQLite file (write-ahead log, synced at every commit). A thread writes, so that no sync blocks the event
 * loop; reads go by a connection of their own. Several handles and processes may have the file open and write.
 * @throws JournalFailure when the file cannot be opened, or is of a newer program
 */
export async function openSqliteJournal(options: SqliteJournalOptions): Promise<Journal> {
  const client = await SqliteClient.start({ file: options.file, snapshotFile: `${options.file}-snapshots` });
  return new SqliteJournal(options, client, new SqliteReader(openForReading(options.file)));
}

class SqliteJournal implements Journal {
  readonly #file: string;
  readonly #client: SqliteClient;
  readonly #reader: SqliteReader;
  readonly #clock: Clock | null;
  readonly #pollMs: Millis;
  readonly #bell = new Bell();
  readonly #closing = new AbortController();
  #queue: Waiting[] = [];
  #pumping: Promise<void> | null = null;
  #isPolling = false;
  /** Older than every page read since: a change in between is seen at the next look, at the price of one look in vain. */
  #changeSeen: number;

  constructor(options: SqliteJournalOptions, client: SqliteClient, reader: SqliteReader) {
    this.#file = options.file;
    this.#client = client;
    this.#reader = reader;
    this.#changeSeen = reader.change();
    this.#clock = options.clock ?? null;
    this.#pollMs = options.pollMs ?? sqliteJournalDefaults.pollMs;
  }

  async append(batch: Batch): Promise<AppendResult> {
    this.#assertOpen();
    const prepared = prepareBatch(batch);
    return new Promise((resolve, reject) => {
      this.#queue.push({ batch: prepared, resolve, reject });
      this.#pumping ??= this.#pump();
    });
  }

  async *read(options: ReadOptions): AsyncGenerator<readonly Fact[]> {
    this.#assertOpen();
    for (const page of this.#reader.pages(options)) {
      yield page;
      await breathe();
      this.#assertOpen();
    }
  }

  follow(after: Seq, signal: AbortSignal): AsyncIterable<readonly Fact[]> {
    this.#assertOpen();
    assert(this.#clock !== null, 'a journal that is followed was opened with a clock');
    return followPages({
      after,
      signal: AbortSignal.any([signal, this.#closing.signal]),
      page: (position) => this.#reader.pageAfter(position),
      news: (until) => this.#news(until),
      breathe,
    });
  }

  async versionOf(subject: Subject): Promise<Version> {
    this.#assertOpen();
    return this.#reader.versionOf(subject);
  }

  async head(): Promise<Head> {
    this.#assertOpen();
    return this.#reader.head();
  }

  async verify(range?: { readonly after: Seq; readonly upTo: Seq }): Promise<Verification> {
    this.#assertOpen();
    return verifyRows(this.#reader, range, () => this.#assertOpen());
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.#assertOpen();
    await this.#client.ask('saveSnapshot', snapshot);
  }

  async loadSnapshot(name: string): Promise<Snapshot | null> {
    this.#assertOpen();
    return this.#client.ask('loadSnapshot', name);
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.#pumping;
    this.#reader.close();
    await this.#client.close();
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new JournalFailure('the journal is closed');
  }

  /** One group is with the thread at a time; what is asked meanwhile makes the next. */
  async #pump(): Promise<void> {
    // Calls of the same moment share a group.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#commit(this.#nextGroup());
    this.#pumping = null;
  }

  #nextGroup(): readonly Waiting[] {
    let factCount = 0;
    const beyond = this.#queue.findIndex((waiting, index) => {
      factCount += waiting.batch.facts.length;
      return index > 0 && factCount > groupFactCountMax;
    });
    return this.#queue.splice(0, beyond === -1 ? this.#queue.length : beyond);
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#client.ask(
        'commit',
        group.map((waiting) => waiting.batch),
      );
      for (const [index, result] of results.entries()) {
        const waiting = group[index];
        if (waiting !== undefined) this.#settle(waiting, result);
      }
      this.#bell.ring();
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
  }

  #settle({ batch, resolve, reject }: Waiting, result: WriterResult): void {
    try {
      if (result.outcome === 'appended') resolve(appended(batch, result));
      else if (result.outcome === 'known') resolve({ outcome: 'appended', facts: this.#repeated(batch, result.first) });
      else if (result.outcome === 'failed') {
        reject(new JournalFailure(`${this.#file}: ${result.detail}`, { isFinal: result.isFinal }));
      } else resolve(result);
    } catch (error) {
      reject(error);
    }
  }

  #repeated(batch: PreparedBatch, first: Seq): readonly Fact[] {
    const facts = [...this.#reader.pages({ after: first - 1, limit: batch.facts.length })].flat();
    assertRepeated(
      batch,
      facts.map((fact) => fact.id),
    );
    return facts;
  }

  #news(signal: AbortSignal): Promise<void> {
    const news = this.#bell.wait(signal);
    if (!this.#isPolling) this.#poll();
    return news;
  }

  /** Looks at intervals whether another connection has written, for as long as somebody waits to know. */
  #poll(): void {
    this.#isPolling = this.#bell.waiting > 0;
    if (!this.#isPolling) return;
    this.#clock?.after(this.#pollMs, () => {
      if (this.#closing.signal.aborted) return;
      const change = this.#reader.change();
      if (change !== this.#changeSeen) this.#bell.ring();
      this.#changeSeen = change;
      this.#poll();
    });
  }
}

type Numbers = { readonly first: Seq; readonly versions: readonly Version[] };

/** The facts are read from their texts when somebody looks at them: most writers only want to know that they are in. */
function appended(batch: PreparedBatch, numbers: Numbers): AppendResult {
  let facts: readonly Fact[] | undefined;
  return {
    outcome: 'appended',
    get facts() {
      facts ??= numbered(batch, numbers);
      return facts;
    },
  };
}

const numbered = (batch: PreparedBatch, { first, versions }: Numbers): readonly Fact[] =>
  batch.facts.map((fact, index) => factOf(rowText(first + index, versions[index] ?? 0, fact.rest)));
