import { assert } from '../../kernel/assert.ts';
import type { Seq, Subject, Version } from '../../kernel/fact.ts';
import { admit, assertRepeated, type PreparedBatch } from './admit.ts';
import { Bell } from './bell.ts';
import { chainHash, genesis } from './chain.ts';
import { type AppendRefusal, type Head, JournalFailure, type Snapshot } from './journal.ts';
import { DiskFull, type MemoryDisk } from './memory-disk.ts';
import { factOf, type Row } from './row.ts';

export type StoreAppend = { readonly outcome: 'appended'; readonly texts: readonly string[] } | AppendRefusal;

interface Waiting {
  readonly batch: PreparedBatch;
  readonly resolve: (result: StoreAppend) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * What several handles of a memory journal share: rows by their number, found by subject and id, and a disk that makes them
 * durable. One block on the disk is one batch: its last hash, then its texts, a line each; so a torn block is known by its
 * hash, and a batch is there whole or not at all.
 */
export class MemoryStore {
  readonly bell = new Bell();
  readonly snapshots = new Map<string, Snapshot>();
  readonly #disk: MemoryDisk;
  readonly #crashes: number;
  /** Row `seq` stands at `seq - 1`. Rows after `#durable` are on the disk but not safe yet: nobody is shown them. */
  readonly #rows: Row[] = [];
  readonly #subjects = new Map<string, Seq[]>();
  readonly #ids = new Map<string, Seq>();
  #head: Head = genesis;
  #durable: Head = genesis;
  #queue: Waiting[] = [];
  #draining: Promise<void> | null = null;
  #broken: JournalFailure | null = null;

  /** Reads what is on the disk. @throws JournalFailure when a block that is not the last is unreadable */
  constructor(disk: MemoryDisk) {
    this.#disk = disk;
    this.#crashes = disk.crashes;
    const count = disk.blocks.length;
    for (const [index, block] of [...disk.blocks].entries()) {
      if (this.#restore(block)) continue;
      if (index !== count - 1) throw new JournalFailure(`block ${index + 1} of ${count} on the disk is unreadable`);
      disk.dropLast();
    }
    this.#durable = this.#head;
  }

  get head(): Head {
    return this.#durable;
  }

  /** All rows, also those of a sync under way; tests change them behind the journal's back. */
  get rows(): Row[] {
    return this.#rows;
  }

  versionOf(subject: Subject): Version {
    const seqs = this.#subjects.get(subject) ?? [];
    return seqs.findLastIndex((seq) => seq <= this.#durable.seq) + 1;
  }

  /** Numbers of a subject's durable facts, in order. */
  seqsOf(subject: Subject): readonly Seq[] {
    return (this.#subjects.get(subject) ?? []).slice(0, this.versionOf(subject));
  }

  /** Appends in groups: what is asked while a sync is under way shares the next one. */
  append(batch: PreparedBatch): Promise<StoreAppend> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ batch, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // Calls of the same moment share a sync.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const group = this.#queue;
      this.#queue = [];
      await this.#commit(group);
    }
    this.#draining = null;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    if (this.#broken !== null) {
      // Rows that a failed sync left behind must not pass for durable now.
      for (const waiting of group) waiting.reject(this.#broken);
      return;
    }
    const before = this.#head;
    const answers = group.map((waiting) => this.#attempt(waiting));
    try {
      if (this.#head !== before) await this.#disk.sync();
    } catch (cause) {
      this.#broken = new JournalFailure('the disk failed: open the journal again, then ask again', {
        cause,
        isFinal: true,
      });
      for (const waiting of group) waiting.reject(this.#broken);
      return;
    }
    this.#durable = this.#head;
    for (const answer of answers) answer();
    if (this.#head !== before) this.bell.ring();
  }

  /** Writes a batch; what it returns gives the answer, once it is durable. */
  #attempt(waiting: Waiting): () => void {
    try {
      const result = this.#write(waiting.batch);
      return () => waiting.resolve(result);
    } catch (error) {
      return () => waiting.reject(error);
    }
  }

  #write(batch: PreparedBatch): StoreAppend {
    if (this.#disk.crashes !== this.#crashes) throw new JournalFailure('the disk crashed since the journal was opened');
    const admission = admit(batch, {
      head: this.#head,
      versionOf: (subject) => this.#subjects.get(subject)?.length ?? 0,
      seqOf: (id) => this.#ids.get(id) ?? null,
    });
    if (admission.outcome === 'version-conflict') return admission;
    if (admission.outcome === 'known') return this.#repeat(batch, admission.first);
    assert(!batch.facts.some((fact) => this.#ids.has(fact.id)), 'an id stands for one fact');
    try {
      this.#disk.append([admission.head.hash, ...admission.rows.map((row) => row.text)].join('\n'));
    } catch (error) {
      if (error instanceof DiskFull) return { outcome: 'no-space', detail: error.message };
      throw error;
    }
    for (const row of admission.rows) this.#keep(row);
    return { outcome: 'appended', texts: admission.rows.map((row) => row.text) };
  }

  #repeat(batch: PreparedBatch, first: Seq): StoreAppend {
    const rows = this.#rows.slice(first - 1, first - 1 + batch.facts.length);
    assertRepeated(
      batch,
      rows.map((row) => row.id),
    );
    return { outcome: 'appended', texts: rows.map((row) => row.text) };
  }

  #restore(block: string): boolean {
    const [hash, ...texts] = block.split('\n');
    if (texts.reduce(chainHash, this.#head.hash) !== hash || texts.length === 0) return false;
    for (const text of texts) {
      const { seq, id, subject, version } = factOf(text);
      this.#keep({ seq, id, subject, version, text, hash: chainHash(this.#head.hash, text) });
    }
    return true;
  }

  #keep(row: Row): void {
    this.#rows.push(row);
    this.#ids.set(row.id, row.seq);
    const seqs = this.#subjects.get(row.subject);
    if (seqs === undefined) this.#subjects.set(row.subject, [row.seq]);
    else seqs.push(row.seq);
    this.#head = { seq: row.seq, hash: row.hash };
  }
}
