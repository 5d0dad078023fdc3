import { assert } from '../../kernel/assert.ts';
import type { Seq, Version } from '../../kernel/fact.ts';
import { chainHash } from './chain.ts';
import { type AppendRefusal, type Batch, batchFactCountMax, type Expectation, type Head } from './journal.ts';
import { type PreparedFact, prepareFact, type Row, rowText } from './row.ts';

/** A batch whose facts are text already: what a writer, perhaps in another thread, needs and no more. */
export interface PreparedBatch {
  readonly facts: readonly PreparedFact[];
  readonly expected: readonly Expectation[];
}

/** What the writer knows while it holds the right to write. */
export interface Ground {
  readonly head: Head;
  versionOf(subject: string): Version;
  /** The number of the fact with this id; null when there is none. */
  seqOf(id: string): Seq | null;
}

export type Admission =
  | { readonly outcome: 'admitted'; readonly rows: readonly Row[]; readonly head: Head }
  /** Asked before, and appended then: these facts stand from `first` on. */
  | { readonly outcome: 'known'; readonly first: Seq }
  | Extract<AppendRefusal, { outcome: 'version-conflict' }>;

/**
 * Checks a batch and turns its facts into text.
 * @throws AssertionFailure when it is empty, too long, names an id twice or holds what no fact may hold
 */
export function prepareBatch(batch: Batch): PreparedBatch {
  const count = batch.facts.length;
  assert(count >= 1 && count <= batchFactCountMax, `a batch has 1 to ${batchFactCountMax} facts, found ${count}`);
  assert(new Set(batch.facts.map((fact) => fact.id)).size === count, 'each fact of a batch has an id of its own');
  return { facts: batch.facts.map(prepareFact), expected: batch.expected };
}

/**
 * Decides over a batch: the same for every adapter. Writes nothing; the adapter writes the rows, or none of them.
 * The repetition is looked for first, because a batch that is in conflicts with its own expectations.
 */
export function admit(batch: PreparedBatch, ground: Ground): Admission {
  const [opening] = batch.facts;
  assert(opening !== undefined, 'a batch has a first fact');
  const first = ground.seqOf(opening.id);
  if (first !== null) return { outcome: 'known', first };
  for (const { subject, version } of batch.expected) {
    const found = ground.versionOf(subject);
    if (found !== version) return { outcome: 'version-conflict', subject, expected: version, found };
  }
  return { outcome: 'admitted', ...number(batch.facts, ground) };
}

function number(facts: readonly PreparedFact[], ground: Ground): { rows: readonly Row[]; head: Head } {
  const versions = new Map<string, Version>();
  let head = ground.head;
  const rows = facts.map(({ id, subject, rest }): Row => {
    const seq = head.seq + 1;
    const version = (versions.get(subject) ?? ground.versionOf(subject)) + 1;
    versions.set(subject, version);
    const text = rowText(seq, version, rest);
    head = { seq, hash: chainHash(head.hash, text) };
    return { seq, id, subject, version, text, hash: head.hash };
  });
  return { rows, head };
}

/**
 * Holds the facts found for a repeated batch against what was asked.
 * @throws AssertionFailure when they differ: an id was used for two different batches, a bug of the caller
 */
export function assertRepeated(batch: PreparedBatch, ids: readonly string[]): void {
  const same = ids.length === batch.facts.length && batch.facts.every((fact, index) => fact.id === ids[index]);
  assert(same, `a batch asked again has the facts it had before, found others after ${batch.facts[0]?.id}`);
}
