import { unreachable } from '../../kernel/assert.ts';
import type { Actor, Fact, FactDraft, Subject } from '../../kernel/fact.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Millis } from '../../kernel/time.ts';
import type { SubjectFold } from '../journal/ledger.ts';
import type { Difference } from './diff.ts';
import type { DocumentName, Source } from './kind.ts';

/** The one subject that every revision is guarded by. */
export const inForceSubject: Subject = 'definitions/in-force';

/** The subject of one document: its facts are its history. */
export const documentSubject = ({ kind, name }: DocumentName): Subject => `definition/${kind}/${name}`;

/** How a document came to be as it is. `moved`: the same words, from another file or source. */
export type Change = 'added' | 'changed' | 'moved';

/** A document is in force from here on, as it stands in the fact. */
export type DefinitionSet = FactDraft<
  'definition.set',
  {
    readonly kind: string;
    readonly name: string;
    readonly revision: number;
    readonly source: Source;
    readonly file: string;
    readonly change: Change;
    readonly body: JsonObject;
    readonly diff: readonly Difference[];
  }
>;

export type DefinitionRemoved = FactDraft<
  'definition.removed',
  {
    readonly kind: string;
    readonly name: string;
    readonly revision: number;
    readonly source: Source;
    readonly file: string;
  }
>;

/** The last fact of a revision's batch: whoever sees the new number sees all its documents. Documents stand as `Kind/name`. */
export type RevisionApplied = FactDraft<
  'definitions.revision-applied',
  {
    readonly revision: number;
    readonly source: Source;
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly moved: readonly string[];
    readonly removed: readonly string[];
    /** Changed places of changed documents; beyond a limit they are counted only, and stand in `definition.set`. */
    readonly diff: readonly (Difference & { readonly document: string })[];
    readonly diffLeftOut: number;
  }
>;

export type DefinitionDraft = DefinitionSet | DefinitionRemoved | RevisionApplied;

/** A document that is in force. */
export type InForceDocument = {
  readonly kind: string;
  readonly name: string;
  /** Where it stands: path below the folder, or in the request. */
  readonly file: string;
  readonly source: Source;
  /** The revision that set it. */
  readonly revision: number;
  readonly at: Millis;
  readonly actor: Actor;
  readonly body: JsonObject;
};

/** One document's state. */
export type DocumentState = ({ readonly status: 'in-force' } & InForceDocument) | { readonly status: 'absent' };

/** What the last applied revision was. */
export type RevisionState = {
  /** 0 before the first. */
  readonly revision: number;
  readonly source: Source | null;
};

type DraftedFact<Draft extends FactDraft> = Draft extends FactDraft<infer Type, infer Data> ? Fact<Type, Data> : never;
export type DocumentFact = DraftedFact<DefinitionSet | DefinitionRemoved>;
type RevisionFact = DraftedFact<RevisionApplied>;

/** One state for each document; those that were removed leave memory. */
export const documentFold: SubjectFold<DocumentState, DocumentFact> = {
  name: 'definition-documents',
  shape: 1,
  noun: 'definition',
  initial: { status: 'absent' },
  parse(fact) {
    if (fact.type === 'definition.set' || fact.type === 'definition.removed') return fact as DocumentFact;
    throw new Error(`no fact of a definition is called ${fact.type}`);
  },
  apply(_state, fact) {
    switch (fact.type) {
      case 'definition.set': {
        const { kind, name, file, source, revision, body } = fact.data;
        return { status: 'in-force', kind, name, file, source, revision, at: fact.at, actor: fact.actor, body };
      }
      case 'definition.removed':
        return { status: 'absent' };
      default:
        return unreachable(fact);
    }
  },
  isClosed: (state) => state.status === 'absent',
};

/** The number of the revision in force. */
export const revisionFold: SubjectFold<RevisionState, RevisionFact> = {
  name: 'definition-revisions',
  shape: 1,
  noun: 'definitions',
  initial: { revision: 0, source: null },
  parse(fact) {
    if (fact.type === 'definitions.revision-applied') return fact as RevisionFact;
    throw new Error(`no fact of the definitions is called ${fact.type}`);
  },
  apply: (_state, fact) => ({ revision: fact.data.revision, source: fact.data.source }),
};
