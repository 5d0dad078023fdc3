import { accessFolds } from '../capabilities/access/index.ts';
import { type Fact, nounOf } from '../kernel/fact.ts';
import { documentFold, revisionFold } from '../platform/definitions/index.ts';
import type { AnyFold, WholeFold } from '../platform/journal/ledger.ts';
import { version } from './version.ts';

/** The states of every part. */
const partFolds: readonly AnyFold[] = [...accessFolds, documentFold, revisionFold];

const knownNouns: ReadonlySet<string> = new Set(partFolds.flatMap((fold) => ('noun' in fold ? [fold.noun] : [])));

const isHeeded = (fact: Fact): boolean => partFolds.some((fold) => !('noun' in fold) && fold.parse(fact) !== null);

/**
 * A fact about something that no part of this program has ever heard of. To go on without it would be to show a past that is
 * not the one that happened, and to decide on it.
 */
function refuseUnknown(fact: Fact): null {
  const noun = nounOf(fact.subject);
  if (knownNouns.has(noun) || isHeeded(fact)) return null;
  throw new Error(`Plimsoll ${version} knows nothing that is called ${noun}`);
}

const knownFold: WholeFold = {
  name: 'known-nouns',
  shape: 1,
  initial: null,
  parse: refuseUnknown,
  apply: (state) => state,
};

/** Every fold of the product: the journal is folded into these at the start. */
export const productFolds: readonly AnyFold[] = [...partFolds, knownFold];

/** Why this program cannot read a fact, such as one of a later version; null when it can. */
export function whyUnreadable(fact: Fact): string | null {
  const folds = partFolds.filter((fold) => !('noun' in fold) || fold.noun === nounOf(fact.subject));
  try {
    for (const fold of [knownFold, ...folds]) fold.parse(fact);
    return null;
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure);
  }
}
