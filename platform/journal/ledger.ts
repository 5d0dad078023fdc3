import type { Decision } from '../../kernel/decision.ts';
import type { Actor, Cause, Fact, FactDraft, Seq, Subject, Version } from '../../kernel/fact.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import type { Millis } from '../../kernel/time.ts';
import type { AppendRefusal } from './journal.ts';

/**
 * One state for each subject of a noun: the usual form. The runner holds the states; `apply` is pure and total over the
 * facts that `parse` knows. States are plain JSON values, so that a snapshot is their text.
 */
export interface SubjectFold<State extends JsonValue = JsonValue, Known extends Fact = Fact> {
  /** Unique, kebab case: names the snapshot too. */
  readonly name: string;
  /** Raise it when the shape of State changes: older snapshots are then left, and the journal is folded again. */
  readonly shape: number;
  /** The noun of the subjects folded, such as `service`. */
  readonly noun: string;
  /** Before the first fact. */
  readonly initial: State;
  /** Reads a fact of this noun as the capability's `facts.ts` knows it, old shapes upgraded. Throws on a type it does not know. */
  parse(fact: Fact): Known;
  /** Pure and total over the known facts. */
  apply(state: State, fact: Known): State;
  /**
   * True when nothing more is expected to happen: the state may then leave memory, and is folded again from the subject's own
   * facts when somebody asks for it.
   */
  isClosed?(state: State): boolean;
}

/** One state over facts of any subject: for sums and orders that no single subject has. Keep it small. */
export interface WholeFold<State extends JsonValue = JsonValue, Known extends Fact = Fact> {
  readonly name: string;
  readonly shape: number;
  readonly initial: State;
  /** Null for a fact that this fold does not heed. */
  parse(fact: Fact): Known | null;
  apply(state: State, fact: Known): State;
}

export type AnyFold = SubjectFold | WholeFold;

/** Who acts, and why: goes into every fact of a command. */
export interface Act {
  readonly actor: Actor;
  readonly cause: Cause | null;
}

/** A command over one subject. `decide` is called again with fresh state when another writer was faster. */
export interface Command<State extends JsonValue, Draft extends FactDraft> extends Act {
  readonly fold: SubjectFold<State>;
  readonly subject: Subject;
  /** Further subjects whose version is guarded too: their drafts come in the same batch, all or nothing. */
  readonly alsoGuard?: readonly Subject[];
  decide(state: State, now: Millis): Decision<Draft>;
}

export type CommandResult =
  /** The facts that were appended; none when the decision was accepted without any. */
  | { readonly outcome: 'accepted'; readonly facts: readonly Fact[] }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string; readonly data?: JsonObject }
  | Extract<AppendRefusal, { outcome: 'no-space' }>;

/**
 * State and commands over the journal: what capabilities are handed. Reads see everything that this ledger has acknowledged.
 */
export interface Ledger {
  /** The states of all subjects of a fold that are held in memory (closed ones may have left). */
  statesOf<State extends JsonValue>(fold: SubjectFold<State>): ReadonlyMap<Subject, State>;
  /** The state of one subject, folded again from its own facts when it had left memory; `initial` when nothing happened to it. */
  stateOf<State extends JsonValue>(
    fold: SubjectFold<State>,
    subject: Subject,
  ): Promise<{ state: State; version: Version }>;
  whole<State extends JsonValue>(fold: WholeFold<State>): State;
  /** Decides, appends under guard, folds; resolves when the facts are durable and visible to every read of this ledger. */
  execute<State extends JsonValue, Draft extends FactDraft>(command: Command<State, Draft>): Promise<CommandResult>;
  /** Appends facts that no state guards, such as counts of refusals. */
  record(drafts: readonly FactDraft[], act: Act): Promise<CommandResult>;
  /** The last fact folded. */
  position(): Seq;
  /** Calls back after each page of facts has been folded, until the returned function is called. */
  onFolded(listener: (facts: readonly Fact[]) => void): () => void;
}
