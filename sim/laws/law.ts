import type { Fact, Seq } from '../../kernel/fact.ts';
import type { Millis } from '../../kernel/time.ts';

/** What the machine saw of one request, whether or not its answer reached the client. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The last fact acknowledged when the request arrived. */
  readonly arrivedAfter: Seq;
  /** The wall clock of the server when it arrived. */
  readonly arrivedAt: Millis;
}

/** Everything that a law may look at, from outside: no code of the product has touched it but the journal's. */
export interface Evidence {
  /** All facts, from the first. */
  readonly facts: readonly Fact[];
  /** By request id, as in `request:<id>`. A request over which the server died is not among them. */
  readonly requests: ReadonlyMap<string, SeenRequest>;
  /** The last fact at each start of a server. */
  readonly startedAfter: readonly Seq[];
  /** All records, as text. */
  readonly records: string;
  /** Names, addresses, passwords, tokens: whatever must never stand in the journal. */
  readonly secrets: ReadonlySet<string>;
  /** What was known of people whose erasure was acknowledged: it must be gone from the records too. */
  readonly erased: ReadonlySet<string>;
}

/** A law of the product, held against the evidence: a sentence for each breach, none when it is kept. */
export type Law = (evidence: Evidence) => readonly string[];

/** Names a fact in a sentence. */
export const nameOf = (fact: Fact): string => `fact ${fact.seq} (${fact.type} of ${fact.subject} by ${fact.actor})`;

/** The request that led to a fact, when it was seen to its end. */
export const requestOf = ({ requests }: Evidence, fact: Fact): SeenRequest | undefined =>
  fact.cause?.startsWith('request:') ? requests.get(fact.cause.slice('request:'.length)) : undefined;
