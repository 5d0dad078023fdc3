import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
  type YAMLError,
} from 'yaml';
import { documentCharactersMax, documentCountMax, documentDepthMax, fileTokenCountMax } from './limits.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import {
  Budget,
  type Member,
  mapTree,
  readOrFault,
  scalarTree,
  type Tree,
  type TreesRead,
  tooLong,
  Unreadable,
} from './tree.ts';

/** What a person can do about the errors that people make; the others keep the words of the parser. */
const wordsByCode: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit the lines above; align it with them',
  BLOCK_AS_IMPLICIT_KEY:
    'found a second ":" where a value was expected; put the value in quotes, or on lines of its own',
  MULTILINE_IMPLICIT_KEY: 'found a key over several lines; a ":" is missing, or the indentation is off',
  TAB_AS_INDENT: 'found a tab as indentation; use spaces',
  BAD_DQ_ESCAPE: 'found an escape that YAML does not know; use single quotes to write a backslash as it is',
  BAD_SCALAR_START: 'a value may not begin with this character; put it in quotes',
  NON_STRING_KEY: 'found a map or list as a key; a key is a text',
  TAG_RESOLVE_FAILED: 'found a tag that means nothing here; take it out',
};

/** The first line of the parser's own message, which otherwise draws the place too. */
const firstLineOf = (error: YAMLError): string =>
  (error.message.split('\n', 1)[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');

function wordsOf(error: YAMLError): string {
  const own = firstLineOf(error);
  if (error.code === 'BAD_INDENT' && own.startsWith('Flow')) return 'a "{" or "[" above is not closed; close it';
  if (own.startsWith('Missing closing')) return 'this text has no closing quote; close it';
  return (
    wordsByCode[error.code] ??
    `this is no YAML (${own.charAt(0).toLowerCase()}${own.slice(1)}); look for a missing "-", ":" or quote, or a wrong indentation`
  );
}

/**
 * The tokens of a text, stopped at the limits while they are read, not after: composing a deep tree recurses, and hostile
 * text is slow to parse.
 */
function* boundedTokens(text: string): Generator<CST.Token> {
  const parser = new Parser();
  let documentStart = 0;
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      documentStart = parser.offset;
      yield token;
    }
    tokens += 1;
    if (tokens > fileTokenCountMax) {
      throw new Unreadable(parser.offset, `the file holds more than ${fileTokenCountMax} words and signs; split it`);
    }
    // The stack also holds the document and the scalar under way.
    if (parser.stack.length > documentDepthMax + 3) {
      throw new Unreadable(parser.offset, `nested deeper than ${documentDepthMax} levels; make the document flatter`);
    }
    if (parser.offset - documentStart > documentCharactersMax) throw tooLong(documentStart);
  }
  yield* parser.end();
}

/** One document on its way from the parser's nodes to a tree. */
class Walk {
  readonly #budget = new Budget();
  readonly #anchors = new Map<string, Node>();

  treeOf(node: Node | null, depth: number, insideAlias: boolean, emptyAt: number): Tree {
    const start = node?.range?.[0] ?? emptyAt;
    if (isAlias(node)) return this.#aliased(node.source, start, depth);
    if (node !== null && node.anchor !== undefined && !insideAlias) this.#anchors.set(node.anchor, node);
    this.#budget.spend(start, depth, 0);
    if (isMap<Node, Node | null>(node)) {
      return mapTree(
        start,
        node.items.map(({ key, value }) => this.#member(key, value, depth, insideAlias, start)),
      );
    }
    if (isSeq<Node>(node)) {
      return { type: 'list', start, items: node.items.map((item) => this.treeOf(item, depth + 1, insideAlias, start)) };
    }
    return this.#scalar(isScalar(node) ? node.value : null, start, depth);
  }

  #scalar(value: unknown, start: number, depth: number): Tree {
    if (typeof value === 'string') this.#budget.spend(start, depth, value.length);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
      return scalarTree(start, value);
    }
    throw new Unreadable(start, 'found a value that JSON cannot hold; put it in quotes');
  }

  #member(key: Node, value: Node | null, depth: number, insideAlias: boolean, mapStart: number): Member {
    const keyStart = key.range?.[0] ?? mapStart;
    const text = isScalar(key) ? key.value : undefined;
    if (typeof text !== 'string')
      throw new Unreadable(keyStart, 'found a map, a list or an alias as a key; a key is a text');
    this.#budget.spend(keyStart, depth, text.length);
    return { key: text, keyStart, value: this.treeOf(value, depth + 1, insideAlias, keyStart) };
  }

  /** The anchor's value again, at the place of the alias: what is wrong with it is wrong where it is used. */
  #aliased(name: string, start: number, depth: number): Tree {
    const target = this.#anchors.get(name);
    if (target === undefined)
      throw new Unreadable(start, `found the alias "*${name}", but nothing above has the anchor "&${name}"`);
    return { ...this.treeOf(target, depth, true, start), start };
  }
}

function treeOfDocument(document: Document.Parsed): Tree | null {
  const error = document.errors[0] ?? document.warnings[0];
  if (error !== undefined) throw new Unreadable(error.pos[0], wordsOf(error));
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    throw new Unreadable(
      document.range[0],
      `found %YAML ${document.directives.yaml.version} above, expected 1.2; take the line out`,
    );
  }
  const contents: Node | null = document.contents;
  // Nothing between two "---" is no document; `null` written out is one, and a faulty one.
  const isEmpty =
    contents === null || (isScalar(contents) && contents.value === null && (contents.source ?? '') === '');
  return isEmpty ? null : new Walk().treeOf(contents, 1, false, document.range[0]);
}

function readAll(text: string): readonly Tree[] {
  const trees: Tree[] = [];
  let documents = 0;
  // uniqueKeys compares every key with every other; mapTree does it in one pass.
  const composer = new Composer({
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
    prettyErrors: false,
    schema: 'core',
    logLevel: 'silent',
  });
  for (const document of composer.compose(boundedTokens(text))) {
    documents += 1;
    if (documents > documentCountMax) {
      throw new Unreadable(document.range[0], `more than ${documentCountMax} documents in one file; split it`);
    }
    const tree = treeOfDocument(document as Document.Parsed);
    if (tree !== null) trees.push(tree);
  }
  return trees;
}

/** Reads with the full parser, whatever the text. */
export const readFullYaml = (text: string): TreesRead => readOrFault(() => readAll(text));

/** Reads a YAML 1.2 text of any number of documents. The first place that cannot be read makes the whole text unread. */
export function readYaml(text: string): TreesRead {
  const trees = readPlainYaml(text);
  return trees === null ? readFullYaml(text) : { trees, fault: null };
}
