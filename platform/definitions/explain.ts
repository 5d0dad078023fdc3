import { assert } from '../../kernel/assert.ts';
import { type JsonObject, type JsonValue, pointerTo } from '../../kernel/json.ts';
import { didYouMean, nearestName } from '../../kernel/suggest.ts';

/** One fault of a value against a schema: the place by pointer, and one sentence. */
export interface Finding {
  readonly pointer: string;
  /** True when the key is at fault, not its value. */
  readonly atKey: boolean;
  readonly message: string;
}

/**
 * The part of JSON Schema (2020-12) that the schemas of kinds are made of. `x-expected` is our own word: what a person should
 * write there, such as `a name in small letters, such as "checkout"`, for patterns that say it badly.
 */
interface Schema {
  readonly type?: string;
  readonly const?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxProperties?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly 'x-expected'?: string;
}

const shownCharactersMax = 60;

const listOf = (values: readonly string[]): string =>
  values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;

/** A value in the words of a fault. */
export function wordsOfValue(value: JsonValue): string {
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  const text = JSON.stringify(value);
  return text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}…` : text;
}

const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The values that would do, where a schema names them one by one. */
function choicesOf(schema: Schema): readonly JsonValue[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  const branches = schema.anyOf?.map(choicesOf);
  return branches?.every((branch) => branch !== undefined) ? branches.flat() : undefined;
}

const rangeOf = (schema: Schema): string => {
  const { minimum, maximum } = schema;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
};

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'nothing (null)',
};

/** What a schema expects, in words. */
export function wordsOfSchema(schema: Schema): string {
  if (schema['x-expected'] !== undefined) return schema['x-expected'];
  const choices = choicesOf(schema);
  if (choices !== undefined) return listOf(choices.map(wordsOfValue));
  if (schema.anyOf !== undefined) return listOf([...new Set(schema.anyOf.map(wordsOfSchema))]);
  if (schema.type === 'integer') return `a whole number${rangeOf(schema)}`;
  if (schema.type === 'number') return `a number${rangeOf(schema)}`;
  if (schema.type === 'string' && schema.pattern !== undefined) return `a text matching ${schema.pattern}`;
  return typeWords[schema.type ?? ''] ?? 'another value';
}

const hasType = (type: string, value: JsonValue): boolean => {
  if (type === 'object') return isMap(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
};

const found = (pointer: string, value: JsonValue, expected: string, hint = ''): Finding => ({
  pointer,
  atKey: false,
  message: `found ${wordsOfValue(value)}, expected ${expected}.${hint}`,
});

/**
 * Says in words where a value does not fit a schema. Knows the keywords above; a schema that says more is held by the compiled
 * validator, whose word this explanation never replaces.
 */
export function explain(schema: Schema, value: JsonValue, pointer = ''): readonly Finding[] {
  const choices = choicesOf(schema);
  if (choices !== undefined) return explainChoice(choices, schema, value, pointer);
  if (schema.anyOf !== undefined) return explainBranches(schema.anyOf, schema, value, pointer);
  if (schema.type !== undefined && !hasType(schema.type, value)) return [found(pointer, value, wordsOfSchema(schema))];
  const findings = schema.allOf?.flatMap((part) => explain(part, value, pointer)) ?? [];
  return [...findings, ...explainByType(schema, value, pointer)];
}

function explainByType(schema: Schema, value: JsonValue, pointer: string): readonly Finding[] {
  if (typeof value === 'string') return explainText(schema, value, pointer);
  if (typeof value === 'number') return explainNumber(schema, value, pointer);
  if (Array.isArray(value)) return explainList(schema, value, pointer);
  return isMap(value) ? explainMap(schema, value, pointer) : [];
}

function explainChoice(
  choices: readonly JsonValue[],
  schema: Schema,
  value: JsonValue,
  pointer: string,
): readonly Finding[] {
  if (choices.includes(value)) return [];
  const names = choices.filter((choice) => typeof choice === 'string');
  return [found(pointer, value, wordsOfSchema(schema), typeof value === 'string' ? didYouMean(value, names) : '')];
}

/** Of several shapes, the one that the writer seems to have meant: of the right type, and with the fewest faults. */
function explainBranches(
  branches: readonly Schema[],
  schema: Schema,
  value: JsonValue,
  pointer: string,
): readonly Finding[] {
  const tried = branches.map((branch) => explain(branch, value, pointer));
  if (tried.some((findings) => findings.length === 0)) return [];
  const meant = tried.filter((_, index) => hasType(branches[index]?.type ?? '', value));
  const least = meant.sort((left, right) => left.length - right.length)[0];
  return least ?? [found(pointer, value, wordsOfSchema(schema))];
}

function explainText(schema: Schema, value: string, pointer: string): readonly Finding[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  if (value.length < minLength) return [found(pointer, value, `a text of at least ${minLength} characters`)];
  if (value.length > maxLength) {
    return [found(pointer, value, `a text of at most ${maxLength} characters; this one has ${value.length}`)];
  }
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    return [found(pointer, value, wordsOfSchema(schema))];
  return [];
}

function explainNumber(schema: Schema, value: number, pointer: string): readonly Finding[] {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  return value >= minimum && value <= maximum ? [] : [found(pointer, value, wordsOfSchema(schema))];
}

function explainList(schema: Schema, value: readonly JsonValue[], pointer: string): readonly Finding[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = schema;
  if (value.length < minItems) return [found(pointer, value, `a list of at least ${minItems}`)];
  if (value.length > maxItems)
    return [found(pointer, value, `at most ${maxItems} of them, and there are ${value.length}`)];
  const again = schema.uniqueItems === true ? firstRepeated(value) : -1;
  if (again !== -1) return [found(pointerTo(pointer, again), value[again] ?? null, 'each only once')];
  return items === undefined ? [] : value.flatMap((item, index) => explain(items, item, pointerTo(pointer, index)));
}

function firstRepeated(values: readonly JsonValue[]): number {
  const seen = new Set<string>();
  return values.findIndex((value) => seen.size === seen.add(JSON.stringify(value)).size);
}

function explainMap(schema: Schema, value: JsonObject, pointer: string): readonly Finding[] {
  const keys = Object.keys(value);
  if (keys.length > (schema.maxProperties ?? Number.POSITIVE_INFINITY)) {
    return [found(pointer, value, `at most ${schema.maxProperties} keys, and there are ${keys.length}`)];
  }
  const unknown = keys.filter((key) => memberSchemas(schema, key).length === 0);
  // A key that was misspelt is told once, at the place where it stands.
  const missing = (schema.required ?? []).filter(
    (key) => !Object.hasOwn(value, key) && !unknown.some((other) => nearestName(other, [key]) !== undefined),
  );
  return [
    ...missing.map((key) => missingKey(schema, key, pointer)),
    ...keys.flatMap((key) => explainMember(schema, value, key, pointer)),
  ];
}

const missingKey = (schema: Schema, key: string, pointer: string): Finding => ({
  pointer,
  atKey: true,
  message: `"${key}" is missing, expected ${wordsOfSchema(schema.properties?.[key] ?? {})}.`,
});

function explainMember(schema: Schema, value: JsonObject, key: string, pointer: string): readonly Finding[] {
  const member = value[key];
  assert(member !== undefined, 'a key of a JSON map has a value');
  const here = pointerTo(pointer, key);
  const known = memberSchemas(schema, key);
  if (known.length > 0) return known.flatMap((part) => explain(part, member, here));
  const others = schema.additionalProperties;
  if (typeof others === 'object') return explain(others, member, here);
  return others === false ? [unknownKey(schema, value, key, here)] : [];
}

function memberSchemas(schema: Schema, key: string): readonly Schema[] {
  const patterns = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) =>
    new RegExp(pattern, 'u').test(key),
  );
  const own =
    schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
  return [...(own === undefined ? [] : [own]), ...patterns.map(([, part]) => part)];
}

function unknownKey(schema: Schema, value: JsonObject, key: string, pointer: string): Finding {
  const free = Object.keys(schema.properties ?? {}).filter((name) => !Object.hasOwn(value, name));
  const hint = didYouMean(key, free);
  const keyWords = free.length > 0 ? listOf(free) : (schema['x-expected'] ?? 'no further key');
  const message = `the key ${wordsOfValue(key)} is not known here, expected ${keyWords}.${hint}`;
  return { pointer, atKey: true, message };
}
