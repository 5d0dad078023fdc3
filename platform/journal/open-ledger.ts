import type { Decision } from '../../kernel/decision.ts';
import type { Fact, FactDraft, Seq, Subject, Version } from '../../kernel/fact.ts';
import type { NextId } from '../../kernel/id.ts';
import type { JsonValue } from '../../kernel/json.ts';
import type { Clock } from '../edge/clock.ts';
import { FoldRunner } from './fold-runner.ts';
import { loadCell, loadTable, saveSnapshots } from './fold-snapshot.ts';
import { Follower } from './follower.ts';
import type { Expectation, FactToAppend, Journal } from './journal.ts';
import type { Act, AnyFold, Command, CommandResult, Ledger, SubjectFold, WholeFold } from './ledger.ts';
import { Turns } from './turns.ts';

/** How often a command is decided anew because another writer was faster: each time, that writer made progress. */
export const attemptCountMax = 100;

export const ledgerDefaults = { snapshotEvery: 100_000 } as const;

export interface LedgerOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: NextId;
  /** All folds, of subjects and of the whole; each has a name of its own. */
  readonly folds: readonly AnyFold[];
  /** Facts from one snapshot to the next. */
  readonly snapshotEvery?: number;
  /** Told once when the ledger stops (a fold threw, the journal could not be followed): the server should end and say why. */
  readonly onStopped?: (reason: Error) => void;
}

/** A ledger with what its owner needs and capabilities do not. */
export interface OpenLedger extends Ledger {
  /** Waits for the commands under way, then stops following. The journal stays open. */
  close(): Promise<void>;
}

/**
 * Opens a ledger: folds the journal, from snapshots where they fit, and goes on following it, also what other writers append.
 * @throws LedgerStopped naming the fact and the fold when a fold cannot take a fact that is in the journal
 */
export async function openLedger(options: LedgerOptions): Promise<OpenLedger> {
  const { journal } = options;
  const isSubjectFold = (fold: AnyFold): fold is SubjectFold => 'noun' in fold;
  const isWholeFold = (fold: AnyFold): fold is WholeFold => !isSubjectFold(fold);
  const runner = new FoldRunner({
    tables: await Promise.all(options.folds.filter(isSubjectFold).map((fold) => loadTable(journal, fold))),
    cells: await Promise.all(options.folds.filter(isWholeFold).map((fold) => loadCell(journal, fold))),
    factsOf: async (subject, upTo) => {
      const facts: Fact[] = [];
      for await (const page of journal.read({ after: 0, upTo, subject })) facts.push(...page);
      return facts;
    },
  });
  const ledger = new FollowingLedger(options, runner);
  await ledger.caughtUp();
  runner.goLive();
  return ledger;
}

class FollowingLedger implements OpenLedger {
  readonly #options: LedgerOptions;
  readonly #runner: FoldRunner;
  readonly #follower: Follower;
  readonly #turns = new Turns<Subject>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #listeners = new Set<(facts: readonly Fact[]) => void>();
  #snapshotSeq: Seq;
  #isSnapshotting = false;

  constructor(options: LedgerOptions, runner: FoldRunner) {
    this.#options = options;
    this.#runner = runner;
    this.#snapshotSeq = runner.position;
    this.#follower = new Follower({
      journal: options.journal,
      runner,
      onPage: (facts) => this.#told(facts),
      onStopped: options.onStopped ?? (() => undefined),
    });
  }

  caughtUp(): Promise<void> {
    return this.#follower.caughtUp();
  }

  statesOf<State extends JsonValue>(fold: SubjectFold<State>): ReadonlyMap<Subject, State> {
    this.#follower.assertFollowing();
    const states: ReadonlyMap<Subject, JsonValue> = this.#runner.tableOf(fold).states;
    return states as ReadonlyMap<Subject, State>;
  }

  async stateOf<State extends JsonValue>(
    fold: SubjectFold<State>,
    subject: Subject,
  ): Promise<{ state: State; version: Version }> {
    this.#follower.assertFollowing();
    const { state, version } = await this.#runner.entryOf(this.#runner.tableOf(fold), subject);
    return { state: state as State, version };
  }

  whole<State extends JsonValue>(fold: WholeFold<State>): State {
    this.#follower.assertFollowing();
    return this.#runner.cellOf(fold).state as State;
  }

  position(): Seq {
    return this.#runner.position;
  }

  onFolded(listener: (facts: readonly Fact[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One command at a time on a subject: those of this process never stand in each other's way. */
  execute<State extends JsonValue, Draft extends FactDraft>(command: Command<State, Draft>): Promise<CommandResult> {
    return this.#tracked(this.#turns.take(command.subject, () => this.#execute(command)));
  }

  record(drafts: readonly FactDraft[], act: Act): Promise<CommandResult> {
    return this.#tracked(this.#record(drafts, act));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#follower.close();
  }

  #tracked<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work);
    const done = (): void => void this.#underWay.delete(work);
    work.then(done, done);
    return work;
  }

  async #execute<State extends JsonValue, Draft extends FactDraft>(
    command: Command<State, Draft>,
  ): Promise<CommandResult> {
    for (let attempt = 1; attempt <= attemptCountMax; attempt += 1) {
      const { state, version } = await this.stateOf(command.fold, command.subject);
      const expected = [{ subject: command.subject, version }, ...(await this.#guards(command.alsoGuard ?? []))];
      const decision: Decision<Draft> = command.decide(state, this.#options.clock.now());
      if (decision.outcome === 'refused') return decision;
      const result = await this.#append(decision.facts, command, expected);
      if (result !== 'conflict') return result;
      await this.#follower.caughtUp();
    }
    throw new Error(
      `${command.subject} was changed by others ${attemptCountMax} times while a command was decided: ask again`,
    );
  }

  async #record(drafts: readonly FactDraft[], act: Act): Promise<CommandResult> {
    const result = await this.#append(drafts, act, []);
    if (result === 'conflict') throw new Error('an append without expectations cannot conflict');
    return result;
  }

  /** The versions of further subjects, taken before the decision looks at their states: a change in between is a conflict. */
  #guards(subjects: readonly Subject[]): Promise<readonly Expectation[]> {
    return Promise.all(subjects.map(async (subject) => ({ subject, version: await this.#runner.versionOf(subject) })));
  }

  async #append(
    drafts: readonly FactDraft[],
    act: Act,
    expected: readonly Expectation[],
  ): Promise<CommandResult | 'conflict'> {
    this.#follower.assertFollowing();
    if (drafts.length === 0) return { outcome: 'accepted', facts: [] };
    const facts = drafts.map((draft) => this.#factOf(draft, act));
    const position = this.#runner.position;
    await this.#runner.rehearse(facts.map((fact, index) => ({ ...fact, seq: position + 1 + index })));
    const result = await this.#options.journal.append({ facts, expected });
    if (result.outcome === 'no-space') return result;
    if (result.outcome === 'version-conflict') return 'conflict';
    await this.#follower.until(result.facts.at(-1)?.seq ?? 0);
    return { outcome: 'accepted', facts: result.facts };
  }

  #factOf(draft: FactDraft, act: Act): FactToAppend {
    const { clock, ids } = this.#options;
    return { id: ids('fct'), at: clock.now(), ...draft, actor: act.actor, cause: act.cause };
  }

  #told(facts: readonly Fact[]): void {
    for (const listener of this.#listeners) listener(facts);
    const { snapshotEvery = ledgerDefaults.snapshotEvery } = this.#options;
    if (this.#isSnapshotting || this.position() - this.#snapshotSeq < snapshotEvery) return;
    this.#isSnapshotting = true;
    this.#snapshotSeq = this.position();
    // A snapshot that cannot be kept costs time at the next start and nothing else; the next one is tried in due course.
    const done = (): void => {
      this.#isSnapshotting = false;
    };
    this.#saveSnapshots().then(done, done);
  }

  #saveSnapshots(): Promise<void> {
    const { clock, journal } = this.#options;
    const breathe = (): Promise<void> => new Promise((resolve) => void clock.after(0, resolve));
    return saveSnapshots(journal, this.position(), this.#runner, breathe);
  }
}
