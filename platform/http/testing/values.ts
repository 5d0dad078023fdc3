import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import type { JsonValue } from '../../../kernel/json.ts';
import { nodeOf, type SchemaNode } from '../schema-node.ts';

const textLengthMax = 60;
const itemCountMax = 4;

/** What the strict reader takes: no null characters, whole characters, no keys that reach a prototype. */
const isReadable = (value: JsonValue): boolean =>
  !/\\u0000|\\ud[89a-f]|"(?:__proto__|constructor|prototype)":/i.test(JSON.stringify(value));

const textOf = (node: SchemaNode): fc.Arbitrary<string> => {
  if (node.pattern !== undefined) return fc.stringMatching(new RegExp(node.pattern, 'u'));
  if (node.format === 'email') return fc.emailAddress();
  if (node.format === 'uuid') return fc.uuid();
  if (node.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const minLength = node.minLength ?? 0;
  const maxLength = Math.max(minLength, Math.min(node.maxLength ?? textLengthMax, textLengthMax));
  return fc.string({ minLength, maxLength, unit: 'grapheme' });
};

const integerOf = (node: SchemaNode): fc.Arbitrary<number> => {
  const step = node.multipleOf ?? 1;
  const from = node.minimum ?? (node.exclusiveMinimum === undefined ? -1_000_000 : node.exclusiveMinimum + 1);
  const to =
    node.maximum ?? (node.exclusiveMaximum === undefined ? Math.max(from, 1_000_000) : node.exclusiveMaximum - 1);
  return fc.integer({ min: Math.ceil(from / step), max: Math.floor(to / step) }).map((count) => count * step);
};

const numberOf = (node: SchemaNode): fc.Arbitrary<number> => {
  const min = node.minimum ?? node.exclusiveMinimum ?? -1e6;
  const max = node.maximum ?? node.exclusiveMaximum ?? Math.max(min, 1e6);
  return fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
};

const listOf = (node: SchemaNode): fc.Arbitrary<JsonValue> => {
  if (Array.isArray(node.items)) return fc.tuple(...node.items.map(arbitraryOf));
  const minLength = node.minItems ?? 0;
  const maxLength = Math.max(minLength, Math.min(node.maxItems ?? itemCountMax, itemCountMax));
  const item = node.items === undefined ? anything : arbitraryOf(node.items as SchemaNode);
  return node.uniqueItems === true
    ? fc.uniqueArray(item, { minLength, maxLength, selector: (value) => JSON.stringify(value) })
    : fc.array(item, { minLength, maxLength });
};

const recordOf = (patterns: Readonly<Record<string, SchemaNode>>): fc.Arbitrary<Record<string, JsonValue>> => {
  const parts = Object.entries(patterns).map(([pattern, member]) => {
    const key = pattern === '^.*$' ? fc.string({ maxLength: 12 }) : fc.stringMatching(new RegExp(pattern, 'u'));
    return fc.dictionary(key, arbitraryOf(member), { maxKeys: itemCountMax, noNullPrototype: true });
  });
  return fc.tuple(...parts).map((members) => Object.assign({}, ...members));
};

const objectOf = (node: SchemaNode): fc.Arbitrary<JsonValue> => {
  const members = Object.entries(node.properties ?? {}).map(([key, member]) => [key, arbitraryOf(member)] as const);
  const named = fc.record(Object.fromEntries(members), {
    requiredKeys: [...(node.required ?? [])],
    noNullPrototype: true,
  });
  if (node.patternProperties === undefined) return named as fc.Arbitrary<JsonValue>;
  return fc.tuple(named, recordOf(node.patternProperties)).map(([own, more]) => ({ ...own, ...more }) as JsonValue);
};

const anything: fc.Arbitrary<JsonValue> = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;

const makers: Readonly<Record<string, (node: SchemaNode) => fc.Arbitrary<JsonValue>>> = {
  string: textOf,
  integer: integerOf,
  number: numberOf,
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  array: listOf,
  object: objectOf,
};

function arbitraryOf(node: SchemaNode): fc.Arbitrary<JsonValue> {
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  if (node.anyOf !== undefined) return fc.oneof(...node.anyOf.map(arbitraryOf));
  if (node.allOf !== undefined) {
    return fc.tuple(...node.allOf.map(arbitraryOf)).map((parts) => Object.assign({}, ...parts) as JsonValue);
  }
  return makers[node.type ?? '']?.(node) ?? anything;
}

/** Values that fit a schema, and that the strict reader takes. */
export const fittingValues = (schema: TSchema): fc.Arbitrary<JsonValue> =>
  arbitraryOf(nodeOf(schema)).filter((value) => isReadable(value) && Check(schema, value));
