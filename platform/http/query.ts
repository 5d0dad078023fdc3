import type { TSchema } from 'typebox';
import { type JsonValue, pointerTo } from '../../kernel/json.ts';
import type { ProblemPlace } from '../../kernel/problem.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import { nodeOf, propertiesOf, type SchemaNode } from './schema-node.ts';

/** More parameters than this are refused unread. */
export const queryParameterCountMax = 100;

export type QueryReading =
  | { readonly outcome: 'read'; readonly value: Readonly<Record<string, JsonValue>> }
  | { readonly outcome: 'fault'; readonly places: readonly ProblemPlace[] };

/** Percent-decodes one piece of a URL. Null when it is not UTF-8, or holds a null character, which no store keeps. */
export function decodePiece(raw: string): string | null {
  try {
    const text = decodeURIComponent(raw);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** Reads a text as the schema would have it. What cannot be read so stays text, and the check then says what was expected. */
export function coerce(text: string, node: SchemaNode): JsonValue {
  if (node.anyOf !== undefined) {
    return node.anyOf.map((branch) => coerce(text, branch)).find((value) => typeof value !== 'string') ?? text;
  }
  if (node.type === 'integer' || node.type === 'number') {
    return /^-?\d{1,17}(\.\d{1,17})?$/.test(text) ? Number(text) : text;
  }
  if (node.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

interface Pair {
  readonly name: string;
  readonly text: string;
}

/** Splits `a=1&b=two+words` (application/x-www-form-urlencoded) into decoded pairs, or says what cannot be decoded. */
function pairsOf(rawQuery: string): readonly Pair[] | ProblemPlace {
  const pieces = rawQuery.split('&').filter((piece) => piece !== '');
  if (pieces.length > queryParameterCountMax) {
    return {
      pointer: '/query',
      detail: `expected at most ${queryParameterCountMax} parameters; found ${pieces.length}.`,
    };
  }
  const pairs: Pair[] = [];
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    const [rawName, rawText] = equals === -1 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
    const name = decodePiece(rawName.replaceAll('+', ' '));
    const text = decodePiece(rawText.replaceAll('+', ' '));
    if (name === null || text === null) {
      return { pointer: '/query', detail: 'is not percent-encoded UTF-8 without null characters; encode each value.' };
    }
    pairs.push({ name, text });
  }
  return pairs;
}

const unknownPlace = (name: string, known: readonly string[]): ProblemPlace => {
  const choice = known.length === 0 ? 'no parameter' : `one of ${known.map((one) => `"${one}"`).join(', ')}`;
  return {
    pointer: pointerTo('/query', name.slice(0, 100)),
    detail: `is not known here; expected ${choice}.${didYouMean(name, known)}`,
  };
};

/**
 * Reads the query of a URL by its schema: numbers and booleans are read from their text, a parameter that is a list may
 * be repeated, any other only stands once, and a parameter that the schema does not name is refused.
 * @param rawQuery what stands behind the `?`
 * @param schema of an object, or undefined where no parameter is taken
 */
export function readQuery(rawQuery: string, schema: TSchema | undefined): QueryReading {
  const pairs = pairsOf(rawQuery);
  if (!Array.isArray(pairs)) return { outcome: 'fault', places: [pairs as ProblemPlace] };
  const known = schema === undefined ? {} : propertiesOf(nodeOf(schema));
  const value: Record<string, JsonValue> = {};
  const places: ProblemPlace[] = [];
  for (const { name, text } of pairs as readonly Pair[]) {
    const node = Object.hasOwn(known, name) ? known[name] : undefined;
    if (node === undefined) places.push(unknownPlace(name, Object.keys(known)));
    else if (node.type === 'array')
      value[name] = [...((value[name] as JsonValue[]) ?? []), coerce(text, itemsOf(node))];
    else if (Object.hasOwn(value, name)) places.push(repeatedPlace(name));
    else value[name] = coerce(text, node);
  }
  return places.length === 0 ? { outcome: 'read', value } : { outcome: 'fault', places: places.slice(0, 20) };
}

const repeatedPlace = (name: string): ProblemPlace => ({
  pointer: pointerTo('/query', name),
  detail: 'stands here more than once; expected it once, leave the others out.',
});

const itemsOf = (node: SchemaNode): SchemaNode => (Array.isArray(node.items) ? {} : ((node.items as SchemaNode) ?? {}));
