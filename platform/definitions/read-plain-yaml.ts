import type { JsonPrimitive } from '../../kernel/json.ts';
import { documentCharactersMax, documentCountMax } from './limits.ts';
import { Budget, type Member, mapTree, scalarTree, type Tree, Unreadable } from './tree.ts';

/** A line with something on it: its indentation, where its words begin in the text, and the words. */
interface Line {
  readonly indent: number;
  readonly start: number;
  readonly words: string;
}

/** Thrown where the text is more than plain; the full parser then takes all of it. */
class NotPlain extends Error {
  override readonly name = 'NotPlain';
}

const keyLine = /^([A-Za-z_][\w./-]{0,100}):(?: +(.+))?$/;
/** Begins with nothing that YAML gives a meaning to, has no ": " and no " #" inside, and does not end in a space. */
const plainText = /^[A-Za-z0-9/_](?:[^\p{Cc}:#\s]|:(?=[^\p{Cc}\s])|(?<=[^\s])#| (?=[^\s#]))*$/u;
const quotedText = /^(?:"([^"\\\p{Cc}]*)"|'([^'\p{Cc}]*)')$/u;
const wholeNumber = /^(?:0|[1-9]\d{0,14})$/;
/** Whatever might be a number to YAML, or one of its words in another case. */
const mightMean = /^(?:[0-9][0-9a-fox_.+-]*|true|false|null)$/i;

const words: ReadonlyMap<string, JsonPrimitive> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function scalarOf(text: string): JsonPrimitive {
  const quoted = quotedText.exec(text);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  if (wholeNumber.test(text)) return Number(text);
  const word = words.get(text);
  if (word !== undefined) return word;
  if (!plainText.test(text) || mightMean.test(text)) throw new NotPlain();
  return text;
}

/** The lines of each document; a document is what stands between two lines "---". */
function documentsIn(text: string): readonly (readonly Line[])[] {
  const documents: Line[][] = [[]];
  let start = 0;
  for (const row of text.split('\n')) {
    // Spaces only: to YAML any other white space is a character of a key.
    const indent = row.search(/[^ ]|$/);
    const content = row.slice(indent);
    if (row === '---') documents.push([]);
    else if (row.startsWith('---') || row.startsWith('...')) throw new NotPlain();
    else if (content !== '' && !content.startsWith('#'))
      documents.at(-1)?.push({ indent, start: start + indent, words: content });
    start += row.length + 1;
  }
  return documents;
}

/** Reads the lines of one document. */
class PlainReader {
  readonly #lines: Line[];
  readonly #budget = new Budget();
  #at = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines];
  }

  document(): Tree {
    const [first] = this.#lines;
    if (first === undefined || this.#isItem(first)) throw new NotPlain();
    const tree = this.#map(first.indent, 1);
    if (this.#at < this.#lines.length) throw new NotPlain();
    return tree;
  }

  #isItem(line: Line): boolean {
    return line.words.startsWith('- ');
  }

  /** The line that is next when it stands at this indentation; undefined when the block ends before it. */
  #next(indent: number): Line | undefined {
    const line = this.#lines[this.#at];
    if (line !== undefined && line.indent > indent) throw new NotPlain();
    return line?.indent === indent ? line : undefined;
  }

  #map(indent: number, depth: number): Tree {
    const members: Member[] = [];
    const start = this.#lines[this.#at]?.start ?? 0;
    this.#budget.spend(start, depth, 0);
    for (let line = this.#next(indent); line !== undefined && !this.#isItem(line); line = this.#next(indent)) {
      const [, key, text] = keyLine.exec(line.words) ?? [];
      if (key === undefined) throw new NotPlain();
      this.#at += 1;
      this.#budget.spend(line.start, depth, key.length);
      const value = text === undefined ? this.#block(indent, depth + 1) : this.#scalar(line, text, depth + 1);
      members.push({ key, keyStart: line.start, value });
    }
    return mapTree(start, members);
  }

  /** The block below a key: further in, or a list at the key's own indentation. */
  #block(keyIndent: number, depth: number): Tree {
    const line = this.#lines[this.#at];
    if (line === undefined || line.indent < keyIndent) throw new NotPlain();
    if (this.#isItem(line)) return this.#list(line.indent, depth);
    if (line.indent === keyIndent) throw new NotPlain();
    return this.#map(line.indent, depth);
  }

  #list(indent: number, depth: number): Tree {
    const items: Tree[] = [];
    const start = this.#lines[this.#at]?.start ?? 0;
    this.#budget.spend(start, depth, 0);
    for (let line = this.#next(indent); line !== undefined && this.#isItem(line); line = this.#next(indent)) {
      const item = { indent: indent + 2, start: line.start + 2, words: line.words.slice(2) };
      if (keyLine.test(item.words)) {
        // The rest of the line is the first line of the item's own map.
        this.#lines[this.#at] = item;
        items.push(this.#map(item.indent, depth + 1));
      } else {
        this.#at += 1;
        items.push(this.#scalar(item, item.words, depth + 1));
      }
    }
    return { type: 'list', start, items };
  }

  /** A scalar at the end of a line. */
  #scalar(line: Line, text: string, depth: number): Tree {
    const start = line.start + line.words.length - text.length;
    this.#budget.spend(start, depth, text.length);
    return scalarTree(start, scalarOf(text));
  }
}

function treesOf(text: string): readonly Tree[] {
  const documents = documentsIn(text);
  if (documents.length > documentCountMax) throw new NotPlain();
  const written = documents.filter((lines) => lines.length > 0);
  return written.map((lines) => {
    const [first, last] = [lines[0], lines.at(-1)];
    if ((last?.start ?? 0) - (first?.start ?? 0) > documentCharactersMax) throw new NotPlain();
    return new PlainReader(lines).document();
  });
}

/**
 * Reads the YAML that people write most: maps and lists in blocks, one scalar a line, quotes without escapes. Several times
 * faster than the full parser, which reading thousands of documents in a running server needs. Null for anything else, and for
 * anything faulty: the full parser then reads the text and finds the words. What this reads, the full parser reads the same way,
 * to the last offset; a property of the tests holds it to that.
 */
export function readPlainYaml(text: string): readonly Tree[] | null {
  try {
    return /[\t\r\ufeff]/.test(text) ? null : treesOf(text);
  } catch (error) {
    if (error instanceof NotPlain || error instanceof Unreadable) return null;
    throw error;
  }
}
