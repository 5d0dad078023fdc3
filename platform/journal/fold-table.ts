import { assert } from '../../kernel/assert.ts';
import type { Fact, Seq, Subject, Version } from '../../kernel/fact.ts';
import type { JsonValue } from '../../kernel/json.ts';
import type { SubjectFold, WholeFold } from './ledger.ts';

/** A subject's state, and the version of the last fact in it. */
export interface Entry<State extends JsonValue = JsonValue> {
  readonly state: State;
  readonly version: Version;
}

/** An entry in its table, moved on in place: a new object and a second look-up for each fact would be a tenth of the start. */
interface OpenEntry {
  state: JsonValue;
  version: Version;
}

/** What is done with each new state before others see it. */
export type Finish = (state: JsonValue) => JsonValue;

/** Folds one fact on top of an entry: the one place where a subject's fold is called. */
export function foldOnto(fold: SubjectFold, entry: Entry, fact: Fact, finish: Finish): Entry {
  if (fact.version !== entry.version + 1) assert(false, `replay of ${fact.subject} meets no gap`);
  return { state: finish(fold.apply(entry.state, fold.parse(fact))), version: fact.version };
}

/** States of subjects, as readers see them: a view of the entries. */
class States implements ReadonlyMap<Subject, JsonValue> {
  readonly #entries: ReadonlyMap<Subject, Entry>;

  constructor(entries: ReadonlyMap<Subject, Entry>) {
    this.#entries = entries;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(subject: Subject): JsonValue | undefined {
    return this.#entries.get(subject)?.state;
  }

  has(subject: Subject): boolean {
    return this.#entries.has(subject);
  }

  keys(): MapIterator<Subject> {
    return this.#entries.keys();
  }

  values(): MapIterator<JsonValue> {
    return this.#entries.values().map((entry) => entry.state) as MapIterator<JsonValue>;
  }

  entries(): MapIterator<[Subject, JsonValue]> {
    const pairs = this.#entries.entries().map(([subject, entry]): [Subject, JsonValue] => [subject, entry.state]);
    return pairs as MapIterator<[Subject, JsonValue]>;
  }

  [Symbol.iterator](): MapIterator<[Subject, JsonValue]> {
    return this.entries();
  }

  forEach(call: (state: JsonValue, subject: Subject, states: ReadonlyMap<Subject, JsonValue>) => void): void {
    for (const [subject, { state }] of this.#entries) call(state, subject, this);
  }
}

/** The states of one subject fold: those of open subjects, by subject. */
export class SubjectTable {
  readonly fold: SubjectFold;
  /** A view of all states, kept up with every fact. */
  readonly states: ReadonlyMap<Subject, JsonValue>;
  readonly #entries: Map<Subject, OpenEntry>;
  readonly #empty: Entry;
  /** Facts up to this one are in the states. */
  foldedTo: Seq;

  constructor(fold: SubjectFold, start?: { readonly seq: Seq; readonly entries: Iterable<readonly [Subject, Entry]> }) {
    this.fold = fold;
    this.foldedTo = start?.seq ?? 0;
    this.#entries = new Map(Array.from(start?.entries ?? [], ([subject, entry]) => [subject, { ...entry }]));
    this.#empty = { state: fold.initial, version: 0 };
    this.states = new States(this.#entries);
  }

  /** Whether it ever lets a subject leave memory. */
  get letsLeave(): boolean {
    return this.fold.isClosed !== undefined;
  }

  /** Before the first fact of a subject. */
  get empty(): Entry {
    return this.#empty;
  }

  /** Whether a fact can be folded in: its subject is in memory, or begins with it. */
  isReadyFor(fact: Fact): boolean {
    return fact.version === 1 || this.#entries.has(fact.subject);
  }

  /** A subject's entry as it is now. */
  entryOf(subject: Subject): Entry | null {
    const entry = this.#entries.get(subject);
    return entry === undefined ? null : { ...entry };
  }

  /** Takes a subject back into memory. */
  put(subject: Subject, entry: Entry): void {
    this.#entries.set(subject, { ...entry });
  }

  /** Folds a fact into its subject, which is in memory or begins with it. */
  foldIn(fact: Fact, finish: Finish): void {
    let entry = this.#entries.get(fact.subject);
    if (entry === undefined) {
      assert(fact.version === 1, 'a subject that left memory was recalled before its page');
      entry = { ...this.#empty };
      this.#entries.set(fact.subject, entry);
    }
    if (fact.version !== entry.version + 1) assert(false, `replay of ${fact.subject} meets no gap`);
    entry.state = finish(this.fold.apply(entry.state, this.fold.parse(fact)));
    entry.version = fact.version;
    this.foldedTo = fact.seq;
  }

  /** Lets a subject leave memory when nothing more is expected to happen to it. */
  releaseIfClosed(subject: Subject): void {
    if (this.fold.isClosed === undefined) return;
    const entry = this.#entries.get(subject);
    if (entry !== undefined && this.fold.isClosed(entry.state)) this.#entries.delete(subject);
  }

  /** All entries, as they are now. */
  entries(): readonly (readonly [Subject, Version, JsonValue])[] {
    return Array.from(this.#entries, ([subject, { state, version }]) => [subject, version, state]);
  }
}

/** The state of one whole fold. */
export class WholeCell {
  readonly fold: WholeFold;
  state: JsonValue;
  foldedTo: Seq;

  constructor(fold: WholeFold, start?: { readonly seq: Seq; readonly state: JsonValue }) {
    this.fold = fold;
    this.state = start?.state ?? fold.initial;
    this.foldedTo = start?.seq ?? 0;
  }

  /** The state with one more fact in it; the same one when the fold does not heed the fact. */
  after(state: JsonValue, fact: Fact, finish: Finish): JsonValue {
    const known = this.fold.parse(fact);
    return known === null ? state : finish(this.fold.apply(state, known));
  }
}
