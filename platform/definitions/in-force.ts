import type { Ledger } from '../journal/ledger.ts';
import type { InForce } from './check.ts';
import { documentFold, type InForceDocument, inForceSubject, revisionFold } from './facts.ts';
import type { Source } from './kind.ts';
import { keyOf } from './reading.ts';

/** Documents in force, as capabilities read them. */
export interface DefinitionsInForce {
  /** 0 before the first revision. */
  readonly revision: number;
  readonly source: Source | null;
  /** By kind, then name. */
  readonly documents: readonly InForceDocument[];
  documentsOf(kind: string): readonly InForceDocument[];
  find(kind: string, name: string): InForceDocument | undefined;
}

/** The same, with the map that texts are held against. */
export interface InForceSnapshot extends DefinitionsInForce {
  readonly byKey: InForce;
}

const byName = (left: InForceDocument, right: InForceDocument): number => (keyOf(left) < keyOf(right) ? -1 : 1);

function snapshotOf(ledger: Pick<Ledger, 'statesOf'>, revision: number, source: Source | null): InForceSnapshot {
  const documents = [...ledger.statesOf(documentFold).values()]
    .flatMap((state) => (state.status === 'in-force' ? [state] : []))
    .sort(byName);
  const byKind = Map.groupBy(documents, ({ kind }) => kind);
  const byKey = new Map(documents.map((document) => [keyOf(document), document]));
  return {
    revision,
    source,
    documents,
    byKey,
    documentsOf: (kind) => byKind.get(kind) ?? [],
    find: (kind, name) => byKey.get(keyOf({ kind, name })),
  };
}

/**
 * Reads what is in force. Gathered once for each revision: its fact is the last of its batch, so a new number means that all its
 * documents are folded.
 */
export function inForceOf(ledger: Pick<Ledger, 'statesOf'>): () => InForceSnapshot {
  let last: InForceSnapshot | undefined;
  return () => {
    const { revision, source } = ledger.statesOf(revisionFold).get(inForceSubject) ?? revisionFold.initial;
    if (last?.revision !== revision) last = snapshotOf(ledger, revision, source);
    return last;
  };
}
