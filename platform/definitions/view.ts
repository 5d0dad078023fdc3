import type { JsonObject } from '../../kernel/json.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import type { DocumentsInView } from './kind.ts';
import { suggestionCountMax } from './limits.ts';
import { keyOf } from './reading.ts';

/** Bodies by `Kind/name`. Null stands for a document that is declared, but too faulty to be read. */
export type Bodies = ReadonlyMap<string, JsonObject | null>;

/** What rules may ask of a set of documents. Follows the map while documents are taken out of it. */
export function viewOf(bodies: Bodies): DocumentsInView {
  const names = new Map<string, readonly string[]>();
  let namesGatheredAtSize = bodies.size;
  let suggestions = 0;
  const namesOf = (kind: string): readonly string[] => {
    if (bodies.size !== namesGatheredAtSize) names.clear();
    namesGatheredAtSize = bodies.size;
    const known = names.get(kind);
    if (known !== undefined) return known;
    const prefix = `${kind}/`;
    const found = [...bodies.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    names.set(kind, found);
    return found;
  };
  return {
    has: (kind, name) => bodies.has(keyOf({ kind, name })),
    bodyOf: (kind, name) => bodies.get(keyOf({ kind, name })) ?? undefined,
    namesOf,
    didYouMean: (kind, name) => {
      suggestions += 1;
      return suggestions > suggestionCountMax ? '' : didYouMean(name, namesOf(kind));
    },
  };
}

/** A view that notes what is asked of it: `Kind/name`, or `Kind/*` for all names of a kind. */
export function recordingView(view: DocumentsInView, asked: (key: string) => void): DocumentsInView {
  return {
    has: (kind, name) => {
      asked(keyOf({ kind, name }));
      return view.has(kind, name);
    },
    bodyOf: (kind, name) => {
      asked(keyOf({ kind, name }));
      return view.bodyOf(kind, name);
    },
    namesOf: (kind) => {
      asked(keyOf({ kind, name: '*' }));
      return view.namesOf(kind);
    },
    didYouMean: (kind, name) => view.didYouMean(kind, name),
  };
}
