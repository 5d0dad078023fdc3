import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import { wordsOfValue } from './explain.ts';
import type { DocumentName, Fault, Kind, Position } from './kind.ts';
import { type PositionAt, positionsIn } from './lines.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import type { Registry } from './registry.ts';
import { locate, plainOf, type Tree } from './tree.ts';

/** A file as text. The path is relative to the definitions folder, with `/` between folders. */
export interface DefinitionFile {
  readonly path: string;
  readonly text: string;
}

/** One document of a file: good when it has no faults. */
export interface DocumentReading {
  readonly file: string;
  readonly position: Position;
  /** Its kind and name, as far as they can be told; a faulty document may have them too. */
  readonly named: DocumentName | null;
  readonly body: JsonObject;
  readonly faults: readonly Fault[];
  /** A fault of this document at a JSON pointer. */
  faultAt(pointer: string, message: string, atKey?: boolean): Fault;
}

/** One file read: its documents, or the fault that made the whole text unreadable. */
export interface FileReading {
  readonly path: string;
  readonly documents: readonly DocumentReading[];
  readonly fault: Fault | null;
}

/** One text for the name of a document: `Service/checkout`. */
export const keyOf = ({ kind, name }: DocumentName): string => `${kind}/${name}`;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A finding before it has a place. */
interface Unplaced {
  readonly pointer: string;
  readonly atKey: boolean;
  readonly message: string;
}

const unplaced = (pointer: string, message: string): readonly Unplaced[] => [{ pointer, atKey: false, message }];

const oneOf = (names: readonly string[]): string => (names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`);

/** The kind of a document, or why it cannot be told. */
function kindOfBody(body: JsonObject, registry: Registry): Kind | readonly Unplaced[] {
  const names = registry.kinds.map(({ kind }) => kind);
  if (!Object.hasOwn(body, 'kind')) return unplaced('', `"kind" is missing, expected ${oneOf(names)}.`);
  const kind = typeof body.kind === 'string' ? registry.kindOf(body.kind) : undefined;
  if (kind !== undefined) return kind;
  const hint = typeof body.kind === 'string' ? didYouMean(body.kind, names) : '';
  return unplaced('/kind', `found the kind ${wordsOfValue(body.kind ?? null)}, expected ${oneOf(names)}.${hint}`);
}

function faultsOfVersion(body: JsonObject, kind: Kind): readonly Unplaced[] {
  const { apiVersion } = body;
  if (apiVersion === kind.apiVersion) return [];
  if (apiVersion === undefined) return unplaced('', `"apiVersion" is missing, expected "${kind.apiVersion}".`);
  return unplaced(
    '/apiVersion',
    `found ${wordsOfValue(apiVersion)}, expected "${kind.apiVersion}" for a ${kind.kind}.`,
  );
}

function faultsOfBody(value: JsonValue, registry: Registry): readonly Unplaced[] {
  if (!isObject(value)) {
    return unplaced(
      '',
      `found ${wordsOfValue(value)}, expected a document: a map with apiVersion, kind, metadata and spec.`,
    );
  }
  const kind = kindOfBody(value, registry);
  if (!('schema' in kind)) return kind;
  // A document for another version is not held against this schema: its faults would only mislead.
  const wrongVersion = faultsOfVersion(value, kind);
  return wrongVersion.length > 0 ? wrongVersion : registry.findings(kind, value);
}

function nameOf(body: JsonObject, registry: Registry): DocumentName | null {
  const kind = typeof body.kind === 'string' ? registry.kindOf(body.kind) : undefined;
  const name = isObject(body.metadata) ? body.metadata.name : undefined;
  return kind === undefined || typeof name !== 'string' ? null : { kind: kind.kind, name };
}

function readDocument(path: string, tree: Tree, positionAt: PositionAt, registry: Registry): DocumentReading {
  const value = plainOf(tree);
  const body = isObject(value) ? value : {};
  const faultAt = (pointer: string, message: string, atKey = false): Fault => ({
    file: path,
    ...positionAt(locate(tree, pointer, atKey ? 'key' : 'value')),
    pointer,
    message,
  });
  const faults = faultsOfBody(value, registry).map(({ pointer, message, atKey }) => faultAt(pointer, message, atKey));
  return { file: path, position: positionAt(tree.start), named: nameOf(body, registry), body, faults, faultAt };
}

/** Reads one file: text to documents, each held against the schema of its kind. Never throws, whatever the text. */
export function readDefinitions(file: DefinitionFile, registry: Registry): FileReading {
  const { path, text } = file;
  const positionAt = positionsIn(text);
  const { trees, fault } = path.endsWith('.json') ? readJson(text) : readYaml(text);
  if (fault !== null) {
    const place = { file: path, ...positionAt(fault.offset), pointer: '' };
    return { path, documents: [], fault: { ...place, message: `${fault.message}.` } };
  }
  return { path, documents: trees.map((tree) => readDocument(path, tree, positionAt, registry)), fault: null };
}
