import { accessSentences } from './facts/access-sentences.ts';
import { definitionSentences } from './facts/definition-sentences.ts';
import { idIn, type ToldFact } from './facts/fact.ts';
import type { GlyphName } from './parts/glyphs.ts';

/** What a person would say about a fact. */
export interface Sentence {
  /** One short clause, present or past, without a full stop: "Ana Ruiz may do what a maintainer may". */
  readonly text: string;
  readonly glyph: GlyphName;
  readonly tone?: 'watch';
  /** Circumstances, in the second line. */
  readonly detail?: string;
  /** Where more is told. */
  readonly href?: string;
}

/** Names of people and tokens stand in records, not in facts; whoever tells a fact brings them. */
export interface Names {
  readonly person: (user: string) => string;
  readonly token: (token: string) => string;
}

/** Tells one type of fact. */
export type Teller = (fact: ToldFact, names: Names) => Sentence;

const tellers: Readonly<Record<string, Teller>> = { ...accessSentences, ...definitionSentences };

/** The types of fact that have a sentence of their own. */
export const toldTypes: readonly string[] = Object.keys(tellers);

/** Tells a fact. One whose type nobody taught us yet is told by its type and its subject, which are words too. */
export function sentenceOf(fact: ToldFact, names: Names): Sentence {
  const teller = Object.hasOwn(tellers, fact.type) ? tellers[fact.type] : undefined;
  return (
    teller?.(fact, names) ?? { text: `${wordsOfType(fact.type)}: ${idIn(fact.subject)}`, glyph: 'changed-nothing' }
  );
}

/** `rollout.halted-by-hand` as `Rollout halted by hand`. */
const wordsOfType = (type: string): string => {
  const words = type.replaceAll(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Who made it happen, in words: a person's name, a token's title, or the program itself. */
export function actorOf(actor: string, names: Names): string {
  const [kind, id = ''] = actor.split(/:(.*)/s, 2);
  if (kind === 'user') return names.person(id);
  if (kind === 'token') return `token ${names.token(id)}`;
  return systemNames[id] ?? `Plimsoll (${id.replaceAll('-', ' ')})`;
}

/** The parts of the program that act on their own account. */
const systemNames: Readonly<Record<string, string>> = {
  'first-start': 'the first start',
  'command-line': 'the command line on the server',
  local: 'the command line on the server',
  bootstrap: 'the bootstrap token',
  'definitions-folder': 'the definitions folder',
  access: 'Plimsoll',
};
