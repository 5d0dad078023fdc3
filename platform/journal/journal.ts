import type { Actor, Cause, Fact, FactId, Seq, Subject, Version } from '../../kernel/fact.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Millis } from '../../kernel/time.ts';

/** A fact on its way in: complete but for its number and its version, which only the journal can know. */
export interface FactToAppend {
  readonly id: FactId;
  readonly at: Millis;
  readonly type: string;
  readonly subject: Subject;
  readonly actor: Actor;
  readonly data: JsonObject;
  readonly cause: Cause | null;
}

/** What the writer believes of a subject. The append is refused where the journal knows better. */
export interface Expectation {
  readonly subject: Subject;
  readonly version: Version;
}

/** Facts that happen together: all of them are appended, next to each other and in this order, or none. */
export interface Batch {
  /** At least one, at most `batchFactCountMax`. */
  readonly facts: readonly FactToAppend[];
  /** Subjects whose version is guarded. A subject without an expectation is appended to as it is. */
  readonly expected: readonly Expectation[];
}

export const batchFactCountMax = 10_000;

/** An expected "no" of the journal; nothing of the batch is in it. */
export type AppendRefusal =
  | {
      readonly outcome: 'version-conflict';
      readonly subject: Subject;
      readonly expected: Version;
      readonly found: Version;
    }
  /** The disk (or quota) is full. What was acknowledged before is safe; reading goes on. */
  | { readonly outcome: 'no-space'; readonly detail: string };

export type AppendResult =
  /** Durable: it survives a power cut from here on. */
  { readonly outcome: 'appended'; readonly facts: readonly Fact[] } | AppendRefusal;

/** Anything that is not an expected answer: the outcome of an append is then unknown, and may be asked again with the same ids. */
export class JournalFailure extends Error {
  override readonly name = 'JournalFailure';
  /** True when the journal takes no more until it has been opened again; what was acknowledged is safe and can be read. */
  readonly isFinal: boolean;
  constructor(message: string, { isFinal = false, ...options }: ErrorOptions & { readonly isFinal?: boolean } = {}) {
    super(message, options);
    this.isFinal = isFinal;
  }
}

export interface Head {
  readonly seq: Seq;
  /** SHA-256 of the chain up to and with `seq`, in hex; 64 zeros when the journal is empty. */
  readonly hash: string;
}

/** The first fault found by `verify`. */
export interface ChainFault {
  readonly seq: Seq;
  readonly id: string;
  readonly subject: string;
  readonly type: string;
  /** One sentence: what does not hold. */
  readonly detail: string;
}

export interface Verification {
  readonly factsChecked: number;
  readonly head: Head;
  readonly fault: ChainFault | null;
}

export interface ReadOptions {
  /** Facts with a greater number. */
  readonly after: Seq;
  /** Facts up to and with this number; the head when left out. */
  readonly upTo?: Seq;
  /** Facts of this subject only. */
  readonly subject?: Subject;
  /** Newest first, from the head downwards to `after`. */
  readonly backwards?: boolean;
  /** How many facts at the most. */
  readonly limit?: number;
}

export interface Snapshot {
  readonly name: string;
  /** Shape of the body; a reader with another shape folds from the start instead. */
  readonly shape: number;
  /** The last fact folded into it. */
  readonly seq: Seq;
  readonly body: Uint8Array;
}

/**
 * Append-only facts, the only truth about what happened. Adapters: `sqlite.ts`, `memory.ts`; PostgreSQL joins under the same
 * contract (`contract.ts`), with several writers in several processes, so nothing here assumes to be the only writer.
 */
export interface Journal {
  /**
   * Appends a batch. Resolves only when it is durable. A batch whose first fact's id is already in the journal is answered
   * with the facts as they stand there: asking again after an unknown outcome never doubles anything.
   * @throws JournalFailure when the outcome is unknown
   */
  append(batch: Batch): Promise<AppendResult>;
  /** Reads in pages, so that a long journal never stands in memory. */
  read(options: ReadOptions): AsyncIterable<readonly Fact[]>;
  /** All facts after a position, then those that come, also from other writers, until the signal aborts. Pages are never empty. */
  follow(after: Seq, signal: AbortSignal): AsyncIterable<readonly Fact[]>;
  /** The version of a subject: how many facts it has. */
  versionOf(subject: Subject): Promise<Version>;
  head(): Promise<Head>;
  /** Walks the hash chain (of a range, or all) and names the first fact that was changed, lost or put in. */
  verify(range?: { readonly after: Seq; readonly upTo: Seq }): Promise<Verification>;
  /** Keeps the newest snapshot of a name. Snapshots may be lost: they are a shortcut, never a truth. */
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  loadSnapshot(name: string): Promise<Snapshot | null>;
  /** Takes no more, answers what is under way, closes. */
  close(): Promise<void>;
}
