import { assert } from '../../kernel/assert.ts';
import type { Fact, Seq, Subject, Version } from '../../kernel/fact.ts';
import { deepFreeze, type JsonValue } from '../../kernel/json.ts';
import type { SubjectFold, WholeFold } from './ledger.ts';

/** A subject's state, and the version of the last fact in it. */
export interface Entry<State extends JsonValue = JsonValue> {
  readonly state: State;
  readonly version: Version;
}

/** Folds one fact on top of an entry: the one place where a subject's fold is called. */
export function foldOnto(fold: SubjectFold, entry: Entry, fact: Fact): Entry {
  assert(fact.version === entry.version + 1, `replay of ${fact.subject} meets no gap`);
  return { state: deepFreeze(fold.apply(entry.state, fold.parse(fact))), version: fact.version };
}

/** The states of one subject fold: those of open subjects, by subject. */
export class SubjectTable {
  readonly fold: SubjectFold;
  /** A view of all states, kept up with every fact. */
  readonly states = new Map<Subject, JsonValue>();
  readonly #versions = new Map<Subject, Version>();
  /** Facts up to this one are in the states. */
  foldedTo: Seq;

  constructor(fold: SubjectFold, start?: { readonly seq: Seq; readonly entries: Iterable<readonly [Subject, Entry]> }) {
    this.fold = fold;
    this.foldedTo = start?.seq ?? 0;
    for (const [subject, entry] of start?.entries ?? []) this.put(subject, entry);
  }

  /** The entry held in memory: the empty one for a subject whose first fact is to come, null when it must be read first. */
  entryFor(fact: Fact): Entry | null {
    return this.entryOf(fact.subject) ?? (fact.version === 1 ? this.empty : null);
  }

  entryOf(subject: Subject): Entry | null {
    const version = this.#versions.get(subject);
    return version === undefined ? null : { state: this.states.get(subject) as JsonValue, version };
  }

  get empty(): Entry {
    return { state: this.fold.initial, version: 0 };
  }

  put(subject: Subject, entry: Entry): void {
    this.states.set(subject, entry.state);
    this.#versions.set(subject, entry.version);
  }

  /** Lets a subject leave memory when nothing more is expected to happen to it. */
  releaseIfClosed(subject: Subject): void {
    const state = this.states.get(subject);
    if (state === undefined || this.fold.isClosed?.(state) !== true) return;
    this.states.delete(subject);
    this.#versions.delete(subject);
  }

  /** All entries, as they are now. */
  entries(): readonly (readonly [Subject, Version, JsonValue])[] {
    return [...this.states].map(([subject, state]) => [subject, this.#versions.get(subject) ?? 0, state]);
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
  after(state: JsonValue, fact: Fact): JsonValue {
    const known = this.fold.parse(fact);
    return known === null ? state : deepFreeze(this.fold.apply(state, known));
  }
}
