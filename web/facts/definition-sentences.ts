import { pathTo } from '../paths.ts';
import type { Sentence, Teller } from '../sentences.ts';
import { countedOf, listOf, sentenceCase } from '../words.ts';
import { idIn, numberIn, type ToldFact, textIn, textsIn } from './fact.ts';

/** More documents than this are counted instead of named. */
const namedCountMax = 3;

interface Document {
  readonly kind: string;
  readonly name: string;
}

const documentOf = (text: string): Document => {
  const slash = text.indexOf('/');
  return { kind: text.slice(0, slash), name: text.slice(slash + 1) };
};

/** `Service` as `service`, `EscalationPolicy` as `escalation policy`. */
export const kindWords = (kind: string): string => kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** Where a document is shown, if it has a page. */
export function documentHref({ kind, name }: Document): string | undefined {
  if (kind === 'Service') return pathTo('services', name);
  return kind === 'Team' ? pathTo('teams', name) : undefined;
}

/** `service checkout and team harbour`, or `12 services and 2 teams` when they are many. */
function documentsInWords(texts: readonly string[]): string {
  const documents = texts.map(documentOf);
  if (documents.length <= namedCountMax) {
    return listOf(documents.map(({ kind, name }) => `${kindWords(kind)} ${name}`));
  }
  const counts = Map.groupBy(documents, ({ kind }) => kind);
  return listOf([...counts].map(([kind, all]) => countedOf(all.length, kindWords(kind), pluralOf(kind))));
}

/** `services`, `escalation policies`. */
export const pluralOf = (kind: string): string => {
  const words = kindWords(kind);
  return words.endsWith('y') ? `${words.slice(0, -1)}ies` : `${words}s`;
};

const changes: readonly (readonly [name: string, verb: string])[] = [
  ['added', 'declared'],
  ['changed', 'changed'],
  ['moved', 'moved'],
  ['removed', 'removed'],
];

/** `service checkout declared`, `service gateway changed`. */
const changesOf = (fact: ToldFact): readonly string[] =>
  changes.flatMap(([name, verb]) => {
    const texts = textsIn(fact, name);
    return texts.length === 0 ? [] : [`${documentsInWords(texts)} ${verb}`];
  });

const sourceWords = (fact: ToldFact): string => {
  const source = fact.data.source as { readonly from?: string; readonly commit?: string | null } | undefined;
  const commit = typeof source?.commit === 'string' ? `, commit ${source.commit.slice(0, 7)}` : '';
  return `${source?.from === 'folder' ? 'from the folder' : 'applied'}${commit}`;
};

const revisionDetail = (fact: ToldFact): string =>
  `Revision ${numberIn(fact, 'revision') ?? '?'}, ${sourceWords(fact)}`;

const tellRevision: Teller = (fact) => {
  const words = changesOf(fact);
  const touched = changes.flatMap(([name]) => textsIn(fact, name));
  const only = touched.length === 1 && touched[0] !== undefined ? documentHref(documentOf(touched[0])) : undefined;
  return {
    text: words.length === 0 ? 'Definitions applied, nothing changed' : sentenceCase(words.join('; ')),
    glyph: 'configuration',
    detail: revisionDetail(fact),
    href: only ?? '/definitions',
  };
};

const setVerbs: Readonly<Record<string, string>> = { added: 'Declared', changed: 'Changed', moved: 'Moved' };

/** One place of a definition that changed: `tier`, `owner`. */
export interface ChangedPlace {
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The places that a change of a document touched, as the fact holds them. */
export const changedPlacesOf = (fact: ToldFact): readonly ChangedPlace[] =>
  Array.isArray(fact.data.diff) ? (fact.data.diff as readonly ChangedPlace[]) : [];

/** `/spec/dependencies/0/service` as `dependencies`: the place as a person wrote it, without our wrapping. */
export const placeWords = (pointer: string): string => {
  const steps = pointer.split('/').filter((step) => step !== '' && step !== 'spec' && step !== 'metadata');
  return kindWords(steps[0] ?? 'all of it');
};

const tellSet: Teller = (fact) => {
  const change = textIn(fact, 'change');
  const places = changedPlacesOf(fact).map(({ pointer }) => placeWords(pointer));
  const what =
    change === 'changed' && places.length > 0 && places.length <= namedCountMax
      ? `: ${listOf([...new Set(places)])}`
      : '';
  const where = change === 'moved' ? ` to ${textIn(fact, 'file')}` : '';
  return withHref(documentOf(idIn(fact.subject)), {
    text: `${setVerbs[change] ?? 'Set'}${where}${what}`,
    glyph: 'configuration',
    detail: revisionDetail(fact),
  });
};

const tellRemoved: Teller = (fact) => ({
  text: `${sentenceCase(kindWords(textIn(fact, 'kind')))} ${textIn(fact, 'name')} removed`,
  glyph: 'close',
  detail: revisionDetail(fact),
});

const withHref = (document: Document, sentence: Sentence): Sentence => {
  const href = documentHref(document);
  const name = `${sentenceCase(kindWords(document.kind))} ${document.name}`;
  const told = { ...sentence, text: `${name} ${sentence.text.charAt(0).toLowerCase()}${sentence.text.slice(1)}` };
  return href === undefined ? told : { ...told, href };
};

export const definitionSentences: Readonly<Record<string, Teller>> = {
  'definitions.revision-applied': tellRevision,
  'definition.set': tellSet,
  'definition.removed': tellRemoved,
};
