/** What the palette can be asked for. */
export interface Ranked {
  /** What is shown and searched first. */
  readonly text: string;
  /** Other words a person may type for it; found, but never above what is shown. */
  readonly also?: string;
}

/**
 * How well one word fits a text, from 0 (not at all) to 100 (the text begins with it). The order of the steps is the order
 * in which a person expects to find: the beginning, the beginning of a word, the first letters of the words, the middle,
 * and last the letters one after the other.
 */
function fitOf(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return text.length === word.length ? 100 : 90;
  if (wordStartsWith(word, text)) return 75;
  if (initialsOf(text).startsWith(word) && word.length > 1) return 60;
  if (at > 0) return 45;
  return isSubsequence(word, text) ? 20 : 0;
}

const wordsIn = (text: string): readonly string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
const wordStartsWith = (word: string, text: string): boolean =>
  wordsIn(text).some((one) => one.startsWith(word)) || text.split(' ').some((one) => one.startsWith(word));
const initialsOf = (text: string): string =>
  wordsIn(text)
    .map((word) => word.charAt(0))
    .join('');

/** True when the letters of a word stand in a text in this order; short words would fit nearly everything. */
function isSubsequence(word: string, text: string): boolean {
  if (word.length < 3) return false;
  let next = 0;
  for (const letter of text) if (letter === word[next]) next += 1;
  return next === word.length;
}

/** Words that are found only behind the scenes rank below every word that is seen. */
const alsoShare = 0.4;

/**
 * How well what was typed fits: the mean over its words; 0 when one of them fits nowhere. Upper and lower case are alike.
 * @returns 0 to 100
 */
export function scoreOf(typed: string, entry: Ranked): number {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return 1;
  const text = entry.text.toLowerCase();
  const also = (entry.also ?? '').toLowerCase();
  if (text.startsWith(words.join(' '))) return 90 + 10 / text.length;
  let sum = 0;
  for (const word of words) {
    const fit = Math.max(fitOf(word, text), fitOf(word, also) * alsoShare);
    if (fit === 0) return 0;
    sum += fit;
  }
  return sum / words.length;
}

/** Entries that fit, the best first; of equals the shorter, then the one that stood first. */
export function rank<Entry extends Ranked>(typed: string, entries: readonly Entry[]): readonly Entry[] {
  const isTyped = typed.trim() !== '';
  return entries
    .map((entry, place) => ({ entry, place, score: scoreOf(typed, entry) }))
    .filter(({ score }) => score > 0)
    .sort(
      (left, right) =>
        right.score - left.score ||
        (isTyped ? left.entry.text.length - right.entry.text.length : 0) ||
        left.place - right.place,
    )
    .map(({ entry }) => entry);
}
