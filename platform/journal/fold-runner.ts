import { assert } from '../../kernel/assert.ts';
import { type Fact, nounOf, type Seq, type Subject, type Version } from '../../kernel/fact.ts';
import { deepFreeze, type JsonValue } from '../../kernel/json.ts';
import { type Entry, type Finish, foldOnto, type SubjectTable, type WholeCell } from './fold-table.ts';
import type { AnyFold } from './ledger.ts';

/**
 * A fold threw at a fact, or the facts did not join up. The ledger takes no more and answers every call with this; the
 * journal holds all facts. A newer program may know the fact; else the fold has a fault that is to be reported.
 */
export class LedgerStopped extends Error {
  override readonly name = 'LedgerStopped';
}

/** The facts of one subject up to and with a number, in order. */
export type FactsOf = (subject: Subject, upTo: Seq) => Promise<readonly Fact[]>;

/** A fact with the tables of its noun. */
interface Heeded {
  readonly fact: Fact;
  readonly tables: readonly SubjectTable[];
}

const placeOf = (fact: Fact): string => `fact ${fact.seq} (${fact.type} of ${fact.subject}, version ${fact.version})`;

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Runs all folds over the facts, page by page, in order and without a gap. Knows no journal: facts are handed in. */
export class FoldRunner {
  readonly #tables = new Map<string, SubjectTable>();
  readonly #tablesOfNoun = new Map<string, SubjectTable[]>();
  readonly #cells = new Map<string, WholeCell>();
  readonly #factsOf: FactsOf;
  #finish: Finish = (state) => state;
  #position: Seq;

  constructor(parts: {
    readonly tables: readonly SubjectTable[];
    readonly cells: readonly WholeCell[];
    readonly factsOf: FactsOf;
  }) {
    this.#factsOf = parts.factsOf;
    for (const table of parts.tables) {
      this.#tables.set(table.fold.name, table);
      this.#tablesOfNoun.set(table.fold.noun, [...(this.#tablesOfNoun.get(table.fold.noun) ?? []), table]);
    }
    for (const cell of parts.cells) this.#cells.set(cell.fold.name, cell);
    const holders = [...parts.tables, ...parts.cells];
    assert(this.#tables.size + this.#cells.size === holders.length, 'each fold has a name of its own');
    // A fold without a snapshot starts at the beginning; the others pass over what they have seen.
    this.#position = holders.length === 0 ? 0 : Math.min(...holders.map((holder) => holder.foldedTo));
  }

  /** The last fact folded into everything. */
  get position(): Seq {
    return this.#position;
  }

  /**
   * From here on, each new state is frozen, so that no reader changes it for the others. The long way from the start is
   * folded without, because freezing costs as much as folding and nobody reads meanwhile.
   */
  goLive(): void {
    this.#finish = deepFreeze;
  }

  get tables(): Iterable<SubjectTable> {
    return this.#tables.values();
  }

  get cells(): Iterable<WholeCell> {
    return this.#cells.values();
  }

  tableOf(fold: AnyFold): SubjectTable {
    const table = this.#tables.get(fold.name);
    assert(table !== undefined && table.fold === fold, `the ledger was opened with the subject fold ${fold.name}`);
    return table;
  }

  cellOf(fold: AnyFold): WholeCell {
    const cell = this.#cells.get(fold.name);
    assert(cell !== undefined && cell.fold === fold, `the ledger was opened with the whole fold ${fold.name}`);
    return cell;
  }

  /**
   * Folds a page: all of it in one turn, so that nobody sees half a page. Subjects that had left memory and that the page
   * goes on with are read first; those that it closes leave memory at its end.
   * @throws LedgerStopped naming the fact and the fold
   */
  async fold(page: readonly Fact[]): Promise<void> {
    const heeded = page.map((fact): Heeded => ({ fact, tables: this.#tablesFor(fact) }));
    await this.#recall(heeded);
    for (const item of heeded) this.#foldFact(item);
    for (const { fact, tables } of heeded) {
      for (const table of tables) table.releaseIfClosed(fact.subject);
    }
  }

  /** The state of a subject as of this position, from memory or from its own facts. */
  async entryOf(table: SubjectTable, subject: Subject): Promise<Entry> {
    return table.entryOf(subject) ?? (await this.#refold(table, subject, this.#position));
  }

  /** The version of any subject as of this position: an append guarded by it fails when more has happened since. */
  async versionOf(subject: Subject): Promise<Version> {
    const [table] = this.#tablesOfNoun.get(nounOf(subject)) ?? [];
    if (table !== undefined) return (await this.entryOf(table, subject)).version;
    return (await this.#factsOf(subject, this.#position)).length;
  }

  /**
   * Folds facts that are about to be appended, and throws the outcome away: a fact that a fold cannot take would stop this
   * ledger at every start, for ever, so it must not get into the journal.
   * @param facts numbered as they will be when no other writer is faster
   * @throws what the fold throws
   */
  async rehearse(facts: readonly Omit<Fact, 'version'>[]): Promise<void> {
    const entries = new Map<string, Entry>();
    const states = new Map<WholeCell, JsonValue>();
    for (const unnumbered of facts) {
      let fact: Fact = { ...unnumbered, version: 1 };
      for (const table of this.#tablesFor(fact)) {
        const key = `${table.fold.name} ${fact.subject}`;
        const entry = entries.get(key) ?? (await this.entryOf(table, fact.subject));
        fact = { ...unnumbered, version: entry.version + 1 };
        entries.set(key, foldOnto(table.fold, entry, fact, this.#finish));
      }
      for (const cell of this.cells) states.set(cell, cell.after(states.get(cell) ?? cell.state, fact, this.#finish));
    }
  }

  #tablesFor(fact: Fact): readonly SubjectTable[] {
    return this.#tablesOfNoun.get(nounOf(fact.subject)) ?? [];
  }

  async #recall(heeded: readonly Heeded[]): Promise<void> {
    // Subjects that begin in this page are not in memory yet, and have nothing to recall.
    const beginning = new Set<Subject>();
    for (const { fact, tables } of heeded) {
      const leaving = tables.filter((table) => table.letsLeave);
      if (leaving.length === 0) continue;
      if (fact.version === 1) beginning.add(fact.subject);
      for (const table of leaving) {
        if (fact.seq <= table.foldedTo || table.isReadyFor(fact) || beginning.has(fact.subject)) continue;
        table.put(fact.subject, await this.#refold(table, fact.subject, fact.seq - 1));
      }
    }
  }

  async #refold(table: SubjectTable, subject: Subject, upTo: Seq): Promise<Entry> {
    const facts = await this.#factsOf(subject, upTo);
    return facts.reduce<Entry>((entry, fact) => this.#foldOnto(table, entry, fact), table.empty);
  }

  #foldFact({ fact, tables }: Heeded): void {
    const expected = this.#position + 1;
    if (fact.seq !== expected) {
      throw new LedgerStopped(`replay meets no gap: expected fact ${expected}, found ${placeOf(fact)}`);
    }
    for (const table of tables) {
      if (fact.seq > table.foldedTo) this.#foldIntoTable(table, fact);
    }
    for (const cell of this.#cells.values()) {
      if (fact.seq > cell.foldedTo) this.#foldIntoCell(cell, fact);
    }
    this.#position = fact.seq;
  }

  #foldIntoTable(table: SubjectTable, fact: Fact): void {
    try {
      table.foldIn(fact, this.#finish);
    } catch (cause) {
      throw this.#refusal(fact, table.fold, cause);
    }
  }

  #foldOnto(table: SubjectTable, entry: Entry, fact: Fact): Entry {
    try {
      return foldOnto(table.fold, entry, fact, this.#finish);
    } catch (cause) {
      throw this.#refusal(fact, table.fold, cause);
    }
  }

  #foldIntoCell(cell: WholeCell, fact: Fact): void {
    try {
      cell.state = cell.after(cell.state, fact, this.#finish);
    } catch (cause) {
      throw this.#refusal(fact, cell.fold, cause);
    }
    cell.foldedTo = fact.seq;
  }

  #refusal(fact: Fact, fold: AnyFold, cause: unknown): LedgerStopped {
    const detail = `the fold ${fold.name} stopped at ${placeOf(fact)}: ${reasonOf(cause)}`;
    return new LedgerStopped(`${detail}. The journal still holds every fact; nothing is lost`, { cause });
  }
}
