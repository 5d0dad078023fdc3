import { assert } from '../../kernel/assert.ts';
import { type JsonObject, type JsonValue, pointerTo } from '../../kernel/json.ts';
import type { ProblemPlace } from '../../kernel/problem.ts';

export type JsonReading =
  | { readonly outcome: 'read'; readonly value: JsonValue }
  | { readonly outcome: 'fault'; readonly place: ProblemPlace };

/** Deeper nesting is refused: no document of ours needs it, and every later walk over the value may recurse safely. */
export const jsonDepthMax = 64;

/** Keys that reach an object's prototype when a careless copy is made of it. No document of ours needs them. */
const prototypeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const spaceForm = /[ \t\n\r]*/y;

/** What stops the reading; caught by `readJson`, never seen outside. */
class JsonFault extends Error {}

/** A text with the place the reading has come to. */
interface Cursor {
  readonly text: string;
  at: number;
  /** Keys and indexes of the value being read, from the outside in. */
  readonly steps: (string | number)[];
}

const placeWords = (cursor: Cursor): string => {
  const before = cursor.text.slice(0, cursor.at);
  const line = before.split('\n').length;
  return `line ${line}, column ${cursor.at - before.lastIndexOf('\n')}`;
};

const fail = (cursor: Cursor, words: string): never => {
  throw new JsonFault(`${words} (${placeWords(cursor)})`);
};

const skipSpace = (cursor: Cursor): void => {
  spaceForm.lastIndex = cursor.at;
  spaceForm.test(cursor.text);
  cursor.at = spaceForm.lastIndex;
};

const foundWords = (cursor: Cursor): string => {
  const found = cursor.text.codePointAt(cursor.at);
  return found === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(found));
};

/** Steps over one character that must stand here. */
const take = (cursor: Cursor, character: string, what: string): void => {
  if (cursor.text[cursor.at] !== character) fail(cursor, `expected ${what}, found ${foundWords(cursor)}`);
  cursor.at += 1;
};

/** The quote that closes a string: the first with an even number of backslashes before it. */
const closingQuote = (cursor: Cursor): number => {
  let from = cursor.at + 1;
  for (;;) {
    const quote = cursor.text.indexOf('"', from);
    if (quote === -1) return fail(cursor, 'this text has no closing quote');
    let slashes = 0;
    while (cursor.text[quote - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote;
    from = quote + 1;
  }
};

const readString = (cursor: Cursor): string => {
  const raw = cursor.text.slice(cursor.at, closingQuote(cursor) + 1);
  let value = '';
  try {
    value = JSON.parse(raw) as string;
  } catch {
    fail(cursor, 'this text holds a control character or an unknown escape; write it as \\n, \\t or \\u0009');
  }
  // Stores and other languages cut or change such text, so what is read back would not be what was sent.
  if (value.includes('\0')) fail(cursor, 'this text holds a null character (U+0000); leave it out');
  if (!value.isWellFormed()) fail(cursor, 'this text holds half of a surrogate pair; write the whole character');
  cursor.at += raw.length;
  return value;
};

const readNumber = (cursor: Cursor): number => {
  numberForm.lastIndex = cursor.at;
  const raw = numberForm.exec(cursor.text)?.[0];
  if (raw === undefined) return fail(cursor, `expected a value, found ${foundWords(cursor)}`);
  const value = Number(raw);
  if (!Number.isFinite(value)) fail(cursor, 'this number is too large; expected one below 1.8e308');
  // Beyond 2^53 two whole numbers fall on one double: what is not written back the same was changed by the reading.
  if (/^-?\d+$/.test(raw) && !Number.isSafeInteger(value) && String(value) !== raw) {
    fail(cursor, 'this whole number cannot be held exactly; expected one between -(2^53-1) and 2^53-1');
  }
  cursor.at += raw.length;
  return value;
};

const words: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

const readScalar = (cursor: Cursor): JsonValue => {
  if (cursor.text[cursor.at] === '"') return readString(cursor);
  for (const [word, value] of words) {
    if (!cursor.text.startsWith(word, cursor.at)) continue;
    cursor.at += word.length;
    return value;
  }
  return readNumber(cursor);
};

const readKey = (cursor: Cursor, object: JsonObject): string => {
  if (cursor.text[cursor.at] !== '"') fail(cursor, `expected a key in double quotes, found ${foundWords(cursor)}`);
  const start = cursor.at;
  const key = readString(cursor);
  cursor.steps.push(key);
  const refused = prototypeKeys.has(key) ? `the key "${key}" is not allowed; rename it` : null;
  const fault = Object.hasOwn(object, key) ? 'this key stands here twice; expected it once, leave one out' : refused;
  if (fault === null) return key;
  cursor.at = start;
  return fail(cursor, fault);
};

/** Reads members up to the closing character; `readOne` reads one of them. */
const readMembers = (cursor: Cursor, close: '}' | ']', readOne: () => void): void => {
  if (cursor.steps.length >= jsonDepthMax) {
    fail(cursor, `nested too deeply; expected at most ${jsonDepthMax} levels`);
  }
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.text[cursor.at] === close) {
    cursor.at += 1;
    return;
  }
  for (;;) {
    readOne();
    skipSpace(cursor);
    if (cursor.text[cursor.at] === close) break;
    take(cursor, ',', `"," or "${close}"`);
    skipSpace(cursor);
  }
  cursor.at += 1;
};

const readObject = (cursor: Cursor): JsonObject => {
  const object: Record<string, JsonValue> = {};
  readMembers(cursor, '}', () => {
    const key = readKey(cursor, object);
    skipSpace(cursor);
    take(cursor, ':', '":" after the key');
    object[key] = readValue(cursor);
    cursor.steps.pop();
  });
  return object;
};

const readArray = (cursor: Cursor): readonly JsonValue[] => {
  const array: JsonValue[] = [];
  readMembers(cursor, ']', () => {
    cursor.steps.push(array.length);
    array.push(readValue(cursor));
    cursor.steps.pop();
  });
  return array;
};

function readValue(cursor: Cursor): JsonValue {
  skipSpace(cursor);
  const first = cursor.text[cursor.at];
  if (first === '{') return readObject(cursor);
  return first === '[' ? readArray(cursor) : readScalar(cursor);
}

const decode = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

/**
 * Reads JSON more strictly than `JSON.parse` (RFC 8259 within the limits of RFC 7493, I-JSON): broken UTF-8, a key that
 * stands twice, keys that reach a prototype, nesting beyond `jsonDepthMax`, null characters, half surrogate pairs and
 * numbers that a double cannot hold are faults, since each of them is understood differently by different readers.
 * @param base JSON pointer of the whole value, such as `/body`; a fault's pointer starts with it
 */
export function readJson(bytes: Uint8Array, base: string): JsonReading {
  const text = decode(bytes);
  if (text === null) return faultAt(base, 'the bytes are not UTF-8; expected JSON text in UTF-8');
  const cursor: Cursor = { text, at: 0, steps: [] };
  try {
    const value = readValue(cursor);
    skipSpace(cursor);
    if (cursor.at < text.length) fail(cursor, `expected the end of the text, found ${foundWords(cursor)}`);
    assert(cursor.steps.length === 0, 'a value that was read to its end leaves no open step');
    return { outcome: 'read', value };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return faultAt(cursor.steps.reduce<string>(pointerTo, base), error.message);
  }
}

const faultAt = (pointer: string, detail: string): JsonReading => ({ outcome: 'fault', place: { pointer, detail } });
