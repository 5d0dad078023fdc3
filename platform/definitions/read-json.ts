import type { JsonPrimitive } from '../../kernel/json.ts';
import { documentCountMax } from './limits.ts';
import {
  Budget,
  type Member,
  mapTree,
  readOrFault,
  scalarTree,
  type Tree,
  type TreesRead,
  Unreadable,
} from './tree.ts';

const space = /[ \t\n\r]*/y;
// Written without an alternative inside the repetition: such a pattern would keep a way back for every character.
const stringToken = /"[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"/y;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordToken = /[A-Za-z]+/y;
const words: ReadonlyMap<string, JsonPrimitive> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A reader of JSON (RFC 8259) that keeps offsets and sees a key that stands twice, both of which JSON.parse loses. */
class JsonReader {
  readonly #text: string;
  #offset = 0;
  #budget = new Budget();

  constructor(text: string) {
    this.#text = text;
  }

  /** One document, or a list of documents at the top. */
  documents(): readonly Tree[] {
    this.#skipSpace();
    if (this.#offset === this.#text.length) return [];
    const trees = this.#peek() === '[' ? this.#listOfDocuments() : [this.#value(1)];
    this.#skipSpace();
    if (this.#offset < this.#text.length) this.#fail('the end of the file');
    return trees;
  }

  #listOfDocuments(): readonly Tree[] {
    return this.#items(']', (count) => {
      if (count >= documentCountMax) {
        throw new Unreadable(this.#offset, `more than ${documentCountMax} documents in one file; split it`);
      }
      this.#budget = new Budget();
      return this.#value(1);
    });
  }

  #value(depth: number): Tree {
    const start = this.#offset;
    const first = this.#peek();
    this.#budget.spend(start, depth, 0);
    if (first === '{')
      return mapTree(
        start,
        this.#items('}', () => this.#member(depth)),
      );
    if (first === '[') return { type: 'list', start, items: this.#items(']', () => this.#value(depth + 1)) };
    const value = this.#scalar(first);
    this.#budget.spend(start, depth, this.#offset - start);
    return scalarTree(start, value);
  }

  #member(depth: number): Member {
    const keyStart = this.#offset;
    if (this.#peek() !== '"') this.#fail('a key in double quotes');
    const key = this.#string();
    this.#budget.spend(keyStart, depth, this.#offset - keyStart);
    this.#skipSpace();
    if (this.#peek() !== ':') this.#fail('":" after the key');
    this.#offset += 1;
    this.#skipSpace();
    return { key, keyStart, value: this.#value(depth + 1) };
  }

  /** What stands between an opening bracket, which is next, and its closing one. */
  #items<Item>(close: string, read: (count: number) => Item): readonly Item[] {
    const items: Item[] = [];
    this.#offset += 1;
    this.#skipSpace();
    if (this.#peek() === close) {
      this.#offset += 1;
      return items;
    }
    for (;;) {
      items.push(read(items.length));
      this.#skipSpace();
      const next = this.#peek();
      if (next !== ',' && next !== close) this.#fail(`"," or "${close}"`);
      this.#offset += 1;
      if (next === close) return items;
      this.#skipSpace();
    }
  }

  #scalar(first: string): JsonPrimitive {
    if (first === '"') return this.#string();
    const number = this.#take(numberToken);
    if (number !== '') return Number(number);
    const at = this.#offset;
    const word = this.#take(wordToken);
    const value = words.get(word);
    if (value === undefined) {
      this.#offset = at;
      this.#fail('a value: {…}, […], a text in double quotes, a number, true, false or null');
    }
    return value;
  }

  #string(): string {
    const start = this.#offset;
    const token = this.#take(stringToken);
    if (token === '')
      throw new Unreadable(
        start,
        'this text has no closing quote on its line; close it, and write a line break as \\n',
      );
    try {
      return JSON.parse(token) as string;
    } catch {
      throw new Unreadable(
        start,
        'this text holds an escape or a control character that JSON does not allow; see RFC 8259, section 7',
      );
    }
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#offset += found.length;
    return found;
  }

  #skipSpace(): void {
    this.#take(space);
  }

  #peek(): string {
    return this.#text.charAt(this.#offset);
  }

  #fail(expected: string): never {
    const next = this.#text.slice(this.#offset, this.#offset + 1);
    const found = next === '' ? 'the end of the file' : JSON.stringify(next);
    throw new Unreadable(this.#offset, `found ${found}, expected ${expected}`);
  }
}

/** Reads a JSON text: one document, or a list of documents at the top. */
export const readJson = (text: string): TreesRead => readOrFault(() => new JsonReader(text).documents());
