import { didYouMean } from '../kernel/suggest.ts';
import { day, hour, type Millis, minute, second } from '../kernel/time.ts';

/**
 * Scripts: behaviour over time as text that an operator can read and send us. A line is `at 5m <sentence>`; the sentences are
 * a table of phrases, in which words in capitals are holes. Empty lines and what follows `#` are comments.
 */

/** Something is wrong at a place of a script. */
export class ScriptFault extends Error {
  override readonly name = 'ScriptFault';
}

/** Where a sentence stands: for messages. */
export interface ScriptPlace {
  readonly file: string;
  readonly line: number;
  /** Counts from 1. */
  readonly column: number;
}

/** Makes the fault of a place: `checkout.txt:3:9: expected …`. */
export const faultAt = ({ file, line, column }: ScriptPlace, detail: string): ScriptFault =>
  new ScriptFault(`${file}:${line}:${column}: ${detail}`);

const unitsMs: Readonly<Record<string, Millis>> = { ms: 1, s: second, m: minute, h: hour, d: day };

/** Reads `90s`, `1h30m`; null when it is no duration. */
export function readDuration(text: string): Millis | null {
  if (!/^(\d{1,6}(ms|[smhd]))+$/.test(text)) return null;
  const parts = text.matchAll(/(\d+)(ms|[smhd])/g);
  return [...parts].reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (unitsMs[unit] ?? 0), 0);
}

interface Hole<Value> {
  /** What is expected there, for messages. */
  readonly expects: string;
  /** Null when the word does not fit. */
  read(word: string): Value | null;
}

const name: Hole<string> = {
  expects: 'a name such as ana or checkout',
  read: (word) => (/^[a-z][a-z0-9-]*$/.test(word) ? word : null),
};

const oneOf = <Word extends string>(words: readonly Word[]): Hole<Word> => ({
  expects: words.join(' or '),
  read: (found) => words.find((word) => word === found) ?? null,
});

const wholeNumber: Hole<number> = {
  expects: 'a whole number',
  read: (word) => (/^\d{1,6}$/.test(word) ? Number(word) : null),
};

/** Every hole that a phrase may have. */
export const holes = {
  WHO: name,
  OTHER: name,
  TEAM: name,
  SERVICE: name,
  TOKEN: name,
  ROLE: oneOf(['viewer', 'responder', 'maintainer', 'admin']),
  WAY: oneOf(['forward', 'back']),
  COUNT: wholeNumber,
  STATUS: wholeNumber,
  FACT: {
    expects: 'a type of fact such as service.declared',
    read: (word: string) => (/^[a-z-]+\.[a-z-]+$/.test(word) ? word : null),
  },
  DURATION: { expects: 'a duration such as 90s or 1h30m', read: readDuration },
} as const;

type HoleName = keyof typeof holes;
type HolesIn<Phrase extends string> = Phrase extends `${infer Word} ${infer Rest}`
  ? (Word extends HoleName ? Word : never) | HolesIn<Rest>
  : Phrase extends HoleName
    ? Phrase
    : never;

/** What stood in the holes of a phrase. */
export type Filled<Phrase extends string> = {
  readonly [Name in HolesIn<Phrase>]: NonNullable<ReturnType<(typeof holes)[Name]['read']>>;
};

/** A sentence of the language, and what it does to a stage. */
export interface Verb<Stage> {
  readonly phrase: string;
  run(stage: Stage, filled: Readonly<Record<string, string | number>>, place: ScriptPlace): Promise<void>;
}

/** Makes a verb; what its holes hold is typed by its phrase. */
export const verb = <Stage, Phrase extends string>(
  phrase: Phrase,
  run: (stage: Stage, filled: Filled<Phrase>, place: ScriptPlace) => Promise<void> | void,
): Verb<Stage> => ({
  phrase,
  run: async (stage, filled, place) => run(stage, filled as Filled<Phrase>, place),
});

/** One line of a script: when, what, with which words in the holes. */
export interface Step<Stage> {
  readonly place: ScriptPlace;
  readonly atMs: Millis;
  readonly verb: Verb<Stage>;
  readonly filled: Readonly<Record<string, string | number>>;
}

interface Word {
  readonly text: string;
  readonly column: number;
}

const wordsOfLine = (line: string): readonly Word[] =>
  [...line.replace(/#.*$/, '').matchAll(/\S+/g)].map((match) => ({ text: match[0], column: match.index + 1 }));

const holeOf = (word: string): Hole<string | number> | undefined =>
  Object.hasOwn(holes, word) ? holes[word as HoleName] : undefined;

const fits = (expected: string | undefined, found: string): boolean =>
  expected !== undefined && (expected === found || (holeOf(expected)?.read(found) ?? null) !== null);

const literalsOf = (phrase: readonly string[]): number => phrase.filter((word) => holeOf(word) === undefined).length;

/** What could have stood at a place, and which of the plain words was probably meant. */
function expectation(phrases: readonly (readonly string[])[], place: number, found: string | undefined): string {
  const next = new Set(phrases.map((phrase) => phrase[place]));
  const plain = [...next].filter((word) => word !== undefined && holeOf(word) === undefined) as string[];
  const described = [...next].map((word) => {
    if (word === undefined) return 'the end of the line';
    return holeOf(word)?.expects ?? `"${word}"`;
  });
  const what = found === undefined ? 'found the end of the line' : `found "${found}".${didYouMean(found, plain)}`;
  return `expected ${described.join(', or ')}; ${what}`;
}

/** Finds the verb of a sentence: the one that fits word by word, with the most words of its own. */
function match<Stage>(
  verbs: readonly Verb<Stage>[],
  words: readonly Word[],
  end: ScriptPlace,
): Pick<Step<Stage>, 'verb' | 'filled'> {
  let candidates = verbs.map((one) => ({ verb: one, phrase: one.phrase.split(' ') }));
  for (const [place, word] of words.entries()) {
    const fitting = candidates.filter(({ phrase }) => fits(phrase[place], word.text));
    if (fitting.length === 0) {
      const phrases = candidates.map(({ phrase }) => phrase);
      throw faultAt({ ...end, column: word.column }, expectation(phrases, place, word.text));
    }
    candidates = fitting;
  }
  const whole = candidates.filter(({ phrase }) => phrase.length === words.length);
  const [best] = whole.sort((left, right) => literalsOf(right.phrase) - literalsOf(left.phrase));
  if (best === undefined) {
    const phrases = candidates.map(({ phrase }) => phrase);
    throw faultAt(end, expectation(phrases, words.length, undefined));
  }
  const filled = best.phrase.flatMap((expected, place) => {
    const value = holeOf(expected)?.read(words[place]?.text ?? '');
    return value === undefined || value === null ? [] : [[expected, value] as const];
  });
  return { verb: best.verb, filled: Object.fromEntries(filled) };
}

/** Reads the words of one line that is not empty. */
function parseLine<Stage>(words: readonly Word[], end: ScriptPlace, verbs: readonly Verb<Stage>[]): Step<Stage> {
  const [at, time, ...sentence] = words;
  const placeOf = (word: Word | undefined): ScriptPlace => ({ ...end, column: word?.column ?? end.column });
  if (at?.text !== 'at') {
    throw faultAt(placeOf(at), `expected a line such as "at 5m ana signs in"; found "${at?.text}"`);
  }
  const atMs = readDuration(time?.text ?? '');
  if (atMs === null) {
    const found = time?.text ?? 'nothing';
    throw faultAt(placeOf(time), `expected ${holes.DURATION.expects} after "at"; found "${found}"`);
  }
  return { place: placeOf(sentence[0]), atMs, ...match(verbs, sentence, end) };
}

/**
 * Reads a script.
 * @param file its name, for messages
 * @throws ScriptFault with file, line and column, what was expected and what was found
 */
export function parseScript<Stage>(text: string, file: string, verbs: readonly Verb<Stage>[]): readonly Step<Stage>[] {
  const steps: Step<Stage>[] = [];
  for (const [index, lineText] of text.split('\n').entries()) {
    const words = wordsOfLine(lineText);
    if (words.length === 0) continue;
    const end = { file, line: index + 1, column: lineText.trimEnd().length + 1 };
    const step = parseLine(words, end, verbs);
    const before = steps.at(-1);
    if (before !== undefined && step.atMs < before.atMs) {
      const detail = `expected a time no earlier than that of line ${before.place.line}; found "${words[1]?.text}"`;
      throw faultAt({ ...end, column: words[1]?.column ?? 1 }, detail);
    }
    steps.push(step);
  }
  return steps;
}
