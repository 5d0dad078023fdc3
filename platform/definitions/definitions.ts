import { assert } from '../../kernel/assert.ts';
import { type Decision, refuse } from '../../kernel/decision.ts';
import type { Journal } from '../journal/journal.ts';
import type { Act, CommandResult, Ledger } from '../journal/ledger.ts';
import {
  type CheckReport,
  documentsOf,
  type Examination,
  examine,
  fileFault,
  type InForce,
  listed,
  type Surroundings,
} from './check.ts';
import { decideRevision, type Step, stepsOf } from './decide.ts';
import {
  type DefinitionDraft,
  type InForceDocument,
  inForceSubject,
  type RevisionState,
  revisionFold,
} from './facts.ts';
import type { FolderContent } from './folder.ts';
import { type HistoryEntry, historyOf } from './history.ts';
import { type DefinitionsInForce, type InForceSnapshot, inForceOf } from './in-force.ts';
import type { Fault, Source } from './kind.ts';
import { revisionFactCountMax } from './limits.ts';
import { type ReadFile, readPaced } from './paced.ts';
import type { DefinitionFile, FileReading } from './reading.ts';
import type { Registry } from './registry.ts';
import { settle } from './settle.ts';

/** What the definitions stand on. */
export interface DefinitionsParts {
  readonly registry: Registry;
  readonly ledger: Pick<Ledger, 'execute' | 'statesOf' | 'stateOf'>;
  readonly journal: Pick<Journal, 'read'>;
  /** The folder that is watched, as people know it. Null when there is none: documents then change through the API only. */
  readonly folder: string | null;
}

/** What a text would change, or has changed. */
export interface RevisionReport {
  readonly faults: readonly Fault[];
  readonly steps: readonly Step[];
}

export type ApplyResult =
  /** `revision` is the one in force now; the same as before when the text changed nothing. */
  | { readonly outcome: 'applied'; readonly revision: number; readonly steps: readonly Step[] }
  | { readonly outcome: 'faulty'; readonly faults: readonly Fault[] }
  | Exclude<CommandResult, { outcome: 'accepted' }>;

/** A set of files that was sent, not found in the folder. */
export interface SentFiles {
  readonly files: readonly DefinitionFile[];
  /** The commit that the sender names. */
  readonly commit: string | null;
  /** True: documents that came through the API before and are not among these go. */
  readonly prune: boolean;
}

export interface Definitions {
  inForce(): DefinitionsInForce;
  /** Checks files together with what is in force. */
  check(files: readonly DefinitionFile[]): Promise<CheckReport>;
  /** What `apply` would do. */
  diff(sent: SentFiles): Promise<RevisionReport>;
  /** Applies files whole: with any fault, nothing is applied. */
  apply(sent: SentFiles, act: Act): Promise<ApplyResult>;
  /**
   * Brings the folder into force as far as it is good; what is in force and has become faulty stays as it was. The faults are
   * kept for `faults`. Calls are taken one after the other.
   */
  applyFolder(content: FolderContent): Promise<ApplyResult>;
  /** Faults of the folder as it was last read. Empty when it is good. */
  faults(): readonly Fault[];
  /** Who changed a document, when and how; newest first. Also after its removal. */
  historyOf(kind: string, name: string, limit: number): Promise<readonly HistoryEntry[]>;
}

/** Facts of the folder are done by the program, for whoever writes the folder. */
const folderAct: Act = { actor: 'system:definitions-folder', cause: null };

/** One text on its way into force. */
interface Intent {
  readonly read: readonly FileReading[];
  readonly unread: readonly Fault[];
  readonly source: Source;
  readonly prune: boolean;
}

interface Plan {
  readonly examination: Examination;
  readonly held: readonly Fault[];
  readonly steps: readonly Step[];
}

const faultsOf = (plan: Plan): readonly Fault[] => listed([...plan.examination.faults, ...plan.held]);

function surroundingsOf(intent: Intent, inForce: InForce, folder: string | null): Surroundings {
  if (intent.source.from === 'folder') {
    return { inForce, removes: (document) => document.source.from === 'folder', forbids: () => null };
  }
  const isOfFolder = (document: InForceDocument): boolean => folder !== null && document.source.from === 'folder';
  return {
    inForce,
    removes: (document) => intent.prune && !isOfFolder(document),
    // The next look at the folder would take the change back, so it is refused where it is made.
    forbids: (document) =>
      isOfFolder(document)
        ? `${document.kind} "${document.name}" is kept by the definitions folder ${folder} (${document.file}); change it there.`
        : null,
  };
}

const faultyRefusal = (faults: readonly Fault[]): Decision<never> => {
  const [first] = faults;
  const place = first === undefined ? '' : ` The first: ${first.file}:${first.line}:${first.column}: ${first.message}`;
  return refuse('definitions-faulty', `nothing was applied: ${faults.length} faults.${place}`);
};

class DefinitionsOverLedger implements Definitions {
  readonly #parts: DefinitionsParts;
  readonly #inForce: () => InForceSnapshot;
  #folderFaults: readonly Fault[] = [];
  #folderFiles: ReadonlyMap<string, ReadFile> = new Map();
  #folderTurn: Promise<unknown> = Promise.resolve();

  constructor(parts: DefinitionsParts) {
    this.#parts = parts;
    this.#inForce = inForceOf(parts.ledger);
  }

  inForce(): DefinitionsInForce {
    return this.#inForce();
  }

  faults(): readonly Fault[] {
    return this.#folderFaults;
  }

  async check(files: readonly DefinitionFile[]): Promise<CheckReport> {
    const { examination } = this.#planOf(await this.#intentOf({ files, commit: null, prune: false }));
    return { documents: documentsOf(examination), faults: listed(examination.faults) };
  }

  async diff(sent: SentFiles): Promise<RevisionReport> {
    const plan = this.#planOf(await this.#intentOf(sent));
    return { faults: faultsOf(plan), steps: plan.examination.faults.length > 0 ? [] : plan.steps };
  }

  async apply(sent: SentFiles, act: Act): Promise<ApplyResult> {
    const intent = await this.#intentOf(sent);
    const { result, plan } = await this.#execute(intent, act, (found) => found.examination.faults.length > 0);
    return plan.examination.faults.length > 0
      ? { outcome: 'faulty', faults: faultsOf(plan) }
      : this.#answer(result, plan);
  }

  applyFolder(content: FolderContent): Promise<ApplyResult> {
    const mine = this.#folderTurn.then(() => this.#applyFolder(content));
    this.#folderTurn = mine.catch(() => undefined);
    return mine;
  }

  historyOf(kind: string, name: string, limit: number): Promise<readonly HistoryEntry[]> {
    return historyOf(this.#parts.journal, { kind, name }, limit);
  }

  async #applyFolder(content: FolderContent): Promise<ApplyResult> {
    const read = await readPaced(content.files, this.#parts.registry, this.#folderFiles);
    this.#folderFiles = new Map(read.map((file) => [file.reading.path, file]));
    const intent: Intent = {
      read: read.map(({ reading }) => reading),
      unread: [...content.faults, ...this.#emptied(content)],
      source: { from: 'folder', commit: content.commit },
      prune: true,
    };
    const { result, plan } = await this.#execute(intent, folderAct, () => false);
    const unapplied =
      result.outcome === 'accepted' ? [] : [fileFault(content.folder, `nothing was applied: ${result.detail}.`)];
    this.#folderFaults = listed([...faultsOf(plan), ...unapplied]);
    return this.#answer(result, plan);
  }

  /**
   * A folder without any definition file looks the same as a volume that is not mounted, or a checkout half done. It unloads
   * nothing. Whoever means it leaves one file, which may be empty.
   */
  #emptied({ folder, files, faults }: FolderContent): readonly Fault[] {
    const standing = this.#inForce().documents.filter(({ source }) => source.from === 'folder').length;
    if (files.length > 0 || faults.length > 0 || standing === 0) return [];
    const next = 'If they are to go, leave one empty file such as empty.yaml in it';
    return [
      fileFault(folder, `the folder holds no definition file, and ${standing} documents of it stay in force. ${next}.`),
    ];
  }

  async #intentOf({ files, commit, prune }: SentFiles): Promise<Intent> {
    const read = await readPaced(files, this.#parts.registry, new Map());
    return {
      read: read.map(({ reading }) => reading),
      unread: doubledPaths(files),
      source: { from: 'api', commit },
      prune,
    };
  }

  #planOf(intent: Intent): Plan {
    const { registry, folder } = this.#parts;
    const { byKey } = this.#inForce();
    const examination = examine(intent.read, intent.unread, registry, surroundingsOf(intent, byKey, folder));
    const { adopted, held } = settle(examination, registry, byKey);
    return { examination, held, steps: stepsOf(adopted, examination.removed, byKey, intent.source.from) };
  }

  /** Plans and appends under the guard of the revision: planned again when another writer was faster. */
  async #execute(
    intent: Intent,
    act: Act,
    refuses: (plan: Plan) => boolean,
  ): Promise<{ result: CommandResult; plan: Plan }> {
    let plan: Plan | undefined;
    const result = await this.#parts.ledger.execute<RevisionState, DefinitionDraft>({
      ...act,
      fold: revisionFold,
      subject: inForceSubject,
      decide: ({ revision }) => {
        plan = this.#planOf(intent);
        if (refuses(plan)) return faultyRefusal(faultsOf(plan));
        return decideRevision(plan.steps, revision, intent.source, revisionFactCountMax);
      },
    });
    assert(plan !== undefined, 'the ledger asks for a decision before it answers');
    return { result, plan };
  }

  #answer(result: CommandResult, plan: Plan): ApplyResult {
    if (result.outcome !== 'accepted') return result;
    const revision = result.facts.at(-1)?.data.revision;
    const standing = this.#inForce().revision;
    return { outcome: 'applied', revision: typeof revision === 'number' ? revision : standing, steps: plan.steps };
  }
}

/** A request that holds two files of one path means one of them: which, only the sender knows. */
function doubledPaths(files: readonly DefinitionFile[]): readonly Fault[] {
  const seen = new Set<string>();
  return files.flatMap(({ path }) =>
    seen.size === seen.add(path).size ? [fileFault(path, 'two files of this path were sent; send one.')] : [],
  );
}

/** The definitions of one installation: what is in force is a fold of the journal; the folder and the API bring revisions. */
export const createDefinitions = (parts: DefinitionsParts): Definitions => new DefinitionsOverLedger(parts);
