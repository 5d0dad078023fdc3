/**
 * What the rules want to know of a source file, gathered in one walk over its syntax tree. The parser is Vite's, which is
 * here anyway: a search in the text would take comments and strings for code.
 */
import { type ESTree, parseSync, Visitor } from 'vite';

export interface Found {
  readonly line: number;
  readonly found: string;
}

export interface Import {
  readonly specifier: string;
  /** Erased at run time: `import type`, `export type … from`, or only `type` names. */
  readonly isTypeOnly: boolean;
  readonly line: number;
}

export interface Call {
  /** As written, such as `Date.now` or `test.skip`; `new Date` for a constructor. */
  readonly callee: string;
  readonly argumentCount: number;
  /** Names of the options in an object among the arguments that switch on or off: `only`, or `skip` with the value `true`. */
  readonly switches: readonly string[];
  readonly line: number;
}

export interface FunctionSize {
  readonly line: number;
  readonly lineCount: number;
}

export interface Code {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly calls: readonly Call[];
  readonly functions: readonly FunctionSize[];
  /** Syntax that is not erasable or not wanted, by its name in the rules. */
  readonly constructs: readonly Found[];
  readonly comments: readonly Found[];
  readonly strings: readonly Found[];
}

/** Gives the line of an offset, counted from 1. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

type Clause = ESTree.ImportDeclaration | ESTree.ExportNamedDeclaration;

/** Whether nothing of an import is left at run time. */
function isErased(node: Clause): boolean {
  if (node.type === 'ExportNamedDeclaration') return node.exportKind === 'type';
  if (node.importKind === 'type') return true;
  const names = node.specifiers;
  return names.length > 0 && names.every((name) => name.type === 'ImportSpecifier' && name.importKind === 'type');
}

function switchesOf(args: readonly ESTree.Argument[]): readonly string[] {
  const options = args.flatMap((argument) => (argument.type === 'ObjectExpression' ? argument.properties : []));
  return options.flatMap((option) => {
    if (option.type !== 'Property' || option.key.type !== 'Identifier') return [];
    const { name } = option.key;
    const isBareTrue = option.value.type === 'Literal' && option.value.value === true;
    return name === 'only' || ((name === 'skip' || name === 'todo') && isBareTrue) ? [name] : [];
  });
}

type Node = { readonly start: number; readonly end: number };

/** Collects what the walk meets. */
function collector(text: string) {
  const lineAt = lineCounter(text);
  const line = (node: { readonly start: number }): number => lineAt(node.start);
  const imports: Import[] = [];
  const calls: Call[] = [];
  const functions: FunctionSize[] = [];
  const constructs: Found[] = [];
  const strings: Found[] = [];
  return {
    line,
    found: { imports, calls, functions, constructs, strings },
    addImport: (node: Node, source: ESTree.Node, isTypeOnly: boolean): void => {
      if (source.type !== 'Literal' || typeof source.value !== 'string') return;
      imports.push({ specifier: source.value, isTypeOnly, line: line(node) });
    },
    addFunction: (node: Node): void => {
      functions.push({ line: line(node), lineCount: lineAt(node.end) - line(node) + 1 });
    },
    addConstruct: (node: Node, found: string): void => void constructs.push({ line: line(node), found }),
    addText: (node: Node, found: string): void => void strings.push({ line: line(node), found }),
    addCall: (node: ESTree.CallExpression | ESTree.NewExpression, prefix: string): void => {
      const callee = prefix + text.slice(node.callee.start, node.callee.end).replaceAll(/\s|\?(?=\.)/g, '');
      const { arguments: given } = node;
      calls.push({ callee, argumentCount: given.length, switches: switchesOf(given), line: line(node) });
    },
  };
}

/**
 * Reads a source file.
 * @param path tells the language: .ts, .tsx, .mjs or .js
 * @throws Error when it does not parse; the types' check names the place better
 */
export function readCode(path: string, text: string): Code {
  const { program, comments, errors } = parseSync(path, text);
  const [fault] = errors;
  if (fault !== undefined) throw new Error(`${path} does not parse: ${fault.message}`);
  const { line, found, addImport, addFunction, addConstruct, addText, addCall } = collector(text);
  new Visitor({
    ImportDeclaration: (node) => addImport(node, node.source, isErased(node)),
    ExportNamedDeclaration: (node) => void (node.source && addImport(node, node.source, isErased(node))),
    ExportAllDeclaration: (node) => addImport(node, node.source, node.exportKind === 'type'),
    ImportExpression: (node) => addImport(node, node.source, false),
    TSImportType: (node) => addImport(node, node.source, true),
    CallExpression: (node) => addCall(node, ''),
    NewExpression: (node) => addCall(node, 'new '),
    FunctionDeclaration: addFunction,
    FunctionExpression: addFunction,
    ArrowFunctionExpression: addFunction,
    TSEnumDeclaration: (node) => addConstruct(node, 'enum'),
    TSModuleDeclaration: (node) => void (node.kind === 'namespace' && addConstruct(node, 'namespace')),
    TSParameterProperty: (node) => addConstruct(node, 'parameter property'),
    TSAnyKeyword: (node) => addConstruct(node, 'any'),
    TSNonNullExpression: (node) => addConstruct(node, 'non-null assertion'),
    Literal: (node) => void (typeof node.value === 'string' && addText(node, node.value)),
    TemplateElement: (node) => addText(node, node.value.raw),
  }).visit(program);
  const remarks = comments.map((comment) => ({ line: line(comment), found: comment.value }));
  return { path, ...found, comments: remarks };
}
