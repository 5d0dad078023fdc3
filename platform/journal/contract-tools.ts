import assert from 'node:assert/strict';
import type { Fact, Subject } from '../../kernel/fact.ts';
import type { AppendResult, Journal, ReadOptions } from './journal.ts';
import type { Row } from './row.ts';
import { parcelFact } from './testing.ts';

/** One store of facts, and what the suite may do to it. */
export interface ContractStore {
  /** Opens a further handle. The suite closes what it opens. */
  open(): Promise<Journal>;
  /** Replaces all rows behind the journal's back, as somebody with access to the store could. */
  tamper(edit: (rows: readonly Row[]) => readonly Row[]): Promise<void>;
  /** How another process opens this store; null where no other process can. */
  readonly opener: ProcessOpener | null;
  dispose(): Promise<void>;
}

/** A module that exports `openForContract(argument): Promise<Journal>`. */
export interface ProcessOpener {
  readonly module: URL;
  readonly argument: string;
}

export const one: Subject = 'parcel/one';
export const two: Subject = 'parcel/two';

export async function collect(pages: AsyncIterable<readonly Fact[]>): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const page of pages) facts.push(...page);
  return facts;
}

export const seqsOf = async (journal: Journal, options: ReadOptions): Promise<readonly number[]> =>
  (await collect(journal.read(options))).map((fact) => fact.seq);

export function appended(result: AppendResult): readonly Fact[] {
  assert.equal(result.outcome, 'appended', JSON.stringify(result));
  return result.outcome === 'appended' ? result.facts : [];
}

export const put = async (journal: Journal, ...subjects: readonly Subject[]): Promise<readonly Fact[]> =>
  appended(
    await journal.append({ facts: subjects.map((subject) => parcelFact(subject, { of: subject })), expected: [] }),
  );

/** A law is a test on a fresh store, with a first handle and the means to open more. */
export type Case = (handles: {
  readonly journal: Journal;
  readonly store: ContractStore;
  open(): Promise<Journal>;
}) => Promise<void>;

export type Law = (name: string, run: Case) => void;
