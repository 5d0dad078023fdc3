import type { Fact, Seq } from '../../kernel/fact.ts';
import { prepareBatch } from './admit.ts';
import { genesis, walkChain } from './chain.ts';
import { followPages } from './follow.ts';
import { type Journal, JournalFailure, type ReadOptions, type Verification } from './journal.ts';
import { MemoryDisk } from './memory-disk.ts';
import { MemoryStore } from './memory-store.ts';
import { factOf, type Row } from './row.ts';

const pageFactCountMax = 1_000;

/**
 * Opens a journal that lives in memory: for tests and for the simulation, under the same contract as the one on disk. Several
 * handles share what happened by sharing a store; without one, the journal starts empty on a disk that never fails.
 */
export function openMemoryJournal(options: { readonly store?: MemoryStore } = {}): Journal {
  const store = options.store ?? new MemoryStore(new MemoryDisk());
  const closing = new AbortController();
  const assertOpen = (): void => {
    if (closing.signal.aborted) throw new JournalFailure('the journal is closed');
  };
  const journal: Journal = {
    async append(batch) {
      assertOpen();
      const result = await store.append(prepareBatch(batch));
      return result.outcome === 'appended' ? { outcome: 'appended', facts: result.texts.map(factOf) } : result;
    },
    async *read(reading) {
      assertOpen();
      yield* readPages(store, reading);
    },
    follow(after, signal) {
      assertOpen();
      return followPages({
        after,
        signal: AbortSignal.any([signal, closing.signal]),
        page: (position) => factsAfter(store, position),
        news: (until) => store.bell.wait(until),
      });
    },
    async versionOf(subject) {
      assertOpen();
      return store.versionOf(subject);
    },
    async head() {
      assertOpen();
      return store.head;
    },
    async verify(range) {
      assertOpen();
      await store.settled();
      return verifyStore(store, range);
    },
    async saveSnapshot(snapshot) {
      assertOpen();
      store.snapshots.set(snapshot.name, snapshot);
    },
    async loadSnapshot(name) {
      assertOpen();
      return store.snapshots.get(name) ?? null;
    },
    async close() {
      closing.abort();
      await store.settled();
    },
  };
  return journal;
}

const factsAfter = (store: MemoryStore, after: Seq): readonly Fact[] =>
  store.rows.slice(after, Math.min(store.head.seq, after + pageFactCountMax)).map((row) => factOf(row.text));

function* readPages(store: MemoryStore, reading: ReadOptions): Generator<readonly Fact[]> {
  const upTo = Math.min(reading.upTo ?? store.head.seq, store.head.seq);
  const seqs = seqsBetween(store, reading, upTo);
  if (reading.backwards) seqs.reverse();
  const wanted = seqs.slice(0, reading.limit ?? seqs.length);
  for (let start = 0; start < wanted.length; start += pageFactCountMax) {
    yield wanted.slice(start, start + pageFactCountMax).map((seq) => factOf(rowAt(store, seq).text));
  }
}

function seqsBetween(store: MemoryStore, { after, subject }: ReadOptions, upTo: Seq): Seq[] {
  if (subject !== undefined) return store.seqsOf(subject).filter((seq) => seq > after && seq <= upTo);
  return Array.from({ length: Math.max(0, upTo - after) }, (_, index) => after + 1 + index);
}

function rowAt(store: MemoryStore, seq: Seq): Row {
  const row = store.rows[seq - 1];
  if (row === undefined) throw new JournalFailure(`fact ${seq} is missing: run verify`);
  return row;
}

async function verifyStore(
  store: MemoryStore,
  range?: { readonly after: Seq; readonly upTo: Seq },
): Promise<Verification> {
  const { head } = store;
  const after = range?.after ?? 0;
  const isWhole = range === undefined || range.upTo >= head.seq;
  const end = isWhole ? head : { seq: range.upTo, hash: null };
  async function* pages(): AsyncGenerator<readonly Row[]> {
    yield store.rows.filter((row) => row.seq > after && row.seq <= end.seq);
  }
  return walkChain({
    from: after === 0 ? genesis : { seq: after, hash: rowAt(store, after).hash },
    pages: pages(),
    end,
    stray: isWhole ? (store.rows.find((row) => row.seq > head.seq) ?? null) : null,
  });
}
