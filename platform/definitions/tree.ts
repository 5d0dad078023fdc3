import type { JsonObject, JsonPrimitive, JsonValue } from '../../kernel/json.ts';
import { documentCharactersMax, documentDepthMax, documentValueCountMax } from './limits.ts';

/** A document as read from YAML or JSON: plain values, each with the offset in the text where it starts. */
export type Tree =
  | { readonly type: 'scalar'; readonly start: number; readonly value: JsonPrimitive }
  | { readonly type: 'list'; readonly start: number; readonly items: readonly Tree[] }
  | { readonly type: 'map'; readonly start: number; readonly members: readonly Member[] };

export interface Member {
  readonly key: string;
  readonly keyStart: number;
  readonly value: Tree;
}

/** What a reader found: one tree for each document, or the first place where the text could not be read. */
export interface TreesRead {
  readonly trees: readonly Tree[];
  readonly fault: { readonly offset: number; readonly message: string } | null;
}

/** Thrown inside a reader to leave its recursion; a reader catches it and answers with the place. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Runs a reader; where it gives up, its place becomes the fault of the text. */
export function readOrFault(read: () => readonly Tree[]): TreesRead {
  try {
    return { trees: read(), fault: null };
  } catch (error) {
    if (error instanceof Unreadable) return { trees: [], fault: { offset: error.offset, message: error.message } };
    throw error;
  }
}

/** Names through which JavaScript reaches the prototype of an object. No document needs them as keys. */
const reservedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Counts what one document holds and stops the reader at the limits; aliases count as often as they are used. */
export class Budget {
  #values = 0;
  #characters = 0;

  /** One more value at this depth, with so many characters of its own. */
  spend(offset: number, depth: number, characters: number): void {
    this.#values += 1;
    this.#characters += characters;
    if (depth > documentDepthMax) {
      throw new Unreadable(offset, `nested deeper than ${documentDepthMax} levels; make the document flatter`);
    }
    if (this.#values > documentValueCountMax) {
      throw new Unreadable(
        offset,
        `the document holds more than ${documentValueCountMax} values (aliases written out); split it`,
      );
    }
    if (this.#characters > documentCharactersMax) throw tooLong(offset);
  }
}

/** The fault of a document with too many characters. */
export const tooLong = (offset: number): Unreadable =>
  new Unreadable(
    offset,
    `the document is longer than ${documentCharactersMax / 1024} KiB (aliases written out); split it`,
  );

/** A scalar whose text any journal and any database can hold. */
export function scalarTree(start: number, value: JsonPrimitive): Tree {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Unreadable(start, `found the number ${value}, expected a finite one`);
  }
  if (typeof value === 'string') checkText(start, value);
  return { type: 'scalar', start, value };
}

function checkText(start: number, text: string): void {
  if (text.includes('\0')) throw new Unreadable(start, 'found the character U+0000 in a text; take it out');
  if (!text.isWellFormed())
    throw new Unreadable(start, 'found half a character (a lone surrogate) in a text; take it out');
}

/** A map without reserved keys and without one that stands twice. */
export function mapTree(start: number, members: readonly Member[]): Tree {
  const seen = new Set<string>();
  for (const { key, keyStart } of members) {
    if (reservedKeys.has(key)) throw new Unreadable(keyStart, `the key "${key}" is reserved; choose another`);
    checkText(keyStart, key);
    if (seen.has(key))
      throw new Unreadable(keyStart, `the key ${JSON.stringify(key)} stands twice in one map; take one out`);
    seen.add(key);
  }
  return { type: 'map', start, members };
}

const objectOf = (members: readonly Member[]): JsonObject => {
  const object: Record<string, JsonValue> = {};
  for (const { key, value } of members) object[key] = plainOf(value);
  return object;
};

/** The value of a tree, without the places. */
export function plainOf(tree: Tree): JsonValue {
  if (tree.type === 'scalar') return tree.value;
  return tree.type === 'list' ? tree.items.map(plainOf) : objectOf(tree.members);
}

const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/**
 * Where a JSON pointer (RFC 6901) leads: the offset of the value, or of its key. Where the pointer leads nowhere, the nearest
 * place above, so that a fault about something that is missing still has a place.
 */
export function locate(tree: Tree, pointer: string, part: 'key' | 'value'): number {
  let here = tree;
  let keyStart = tree.start;
  for (const step of stepsOf(pointer)) {
    const member: Member | undefined =
      here.type === 'map' ? here.members.find(({ key }) => key === step) : itemOf(here, step);
    if (member === undefined) break;
    here = member.value;
    keyStart = member.keyStart;
  }
  return part === 'key' ? keyStart : here.start;
}

function itemOf(tree: Tree, step: string): Member | undefined {
  const item = tree.type === 'list' ? tree.items[Number(step)] : undefined;
  return item === undefined ? undefined : { key: step, keyStart: item.start, value: item };
}
