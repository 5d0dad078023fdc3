import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Check } from 'typebox/value';
import { type JsonObject, type JsonValue, pointerTo } from '../../kernel/json.ts';
import type { ProblemPlace } from '../../kernel/problem.ts';
import { didYouMean } from '../../kernel/suggest.ts';
import { listedValues, nodeOf, propertiesOf, requiredOf, type SchemaNode } from './schema-node.ts';
import { expectedWords, foundWords } from './wording.ts';

/** More faults than this are not told: nobody reads them, and a hostile list must not buy a long answer. */
export const placeCountMax = 20;

type Places = readonly ProblemPlace[];

const compiled = new WeakMap<TSchema, (value: unknown) => boolean>();

const compiledCheck = (schema: TSchema): ((value: unknown) => boolean) => {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validator = Compile(schema);
  const check = (value: unknown): boolean => validator.Check(value);
  compiled.set(schema, check);
  return check;
};

const fits = (node: SchemaNode, value: JsonValue): boolean => Check(node as TSchema, value);

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks a value against a schema; each schema is compiled once. The compiled check alone decides; the words are looked
 * for only when it says no, part by part, so that words and decision cannot disagree.
 * @param pointer where the value stands, such as `/body`
 * @returns the faults, at most `placeCountMax`; empty when the value fits
 */
export function faultsOf(schema: TSchema, value: JsonValue, pointer: string): Places {
  if (compiledCheck(schema)(value)) return [];
  return explain(nodeOf(schema), value, pointer).slice(0, placeCountMax);
}

/** The faults of a value that does not fit: those of its parts, or of itself when no part is to blame. Never empty. */
function explain(node: SchemaNode, value: JsonValue, pointer: string): Places {
  const parts = partFaults(node, value, pointer);
  if (parts.length > 0) return parts;
  const listed = listedValues(node);
  const near = listed !== null && typeof value === 'string' ? didYouMean(value, listed.map(String)) : '';
  const detail = `expected ${expectedWords(node)}; found ${foundWords(value, listed !== null)}.${near}`;
  return [{ pointer, detail }];
}

function partFaults(node: SchemaNode, value: JsonValue, pointer: string): Places {
  if (node.anyOf !== undefined) {
    const branch = branchMeant(node.anyOf, value);
    return branch === undefined ? [] : explain(branch, value, pointer);
  }
  if (node.allOf !== undefined) {
    return node.allOf.filter((part) => !fits(part, value)).flatMap((part) => explain(part, value, pointer));
  }
  if (node.type === 'object' && isObject(value)) return memberFaults(node, value, pointer);
  return node.type === 'array' && Array.isArray(value) ? itemFaults(node, value, pointer) : [];
}

/** The branch of a union that an object names by its constant members (`kind: 'team'`), when exactly one is named. */
function branchMeant(branches: readonly SchemaNode[], value: JsonValue): SchemaNode | undefined {
  const sameType = branches.filter((branch) => isObject(value) && branch.type === 'object');
  if (sameType.length === 1) return sameType[0];
  const named = sameType.filter((branch) => {
    const constants = Object.entries(branch.properties ?? {}).filter(([, member]) => member.const !== undefined);
    return constants.length > 0 && constants.every(([key, member]) => isObject(value) && value[key] === member.const);
  });
  return named.length === 1 ? named[0] : undefined;
}

function memberFaults(node: SchemaNode, value: JsonObject, pointer: string): Places {
  const known = propertiesOf(node);
  const faults: ProblemPlace[] = [];
  for (const key of requiredOf(node)) {
    if (Object.hasOwn(value, key)) continue;
    faults.push({
      pointer: pointerTo(pointer, key),
      detail: `is missing; expected ${expectedWords(known[key] ?? {})}.`,
    });
  }
  for (const [key, member] of Object.entries(value)) {
    if (faults.length >= placeCountMax) break;
    faults.push(...memberFault(node, key, member, pointerTo(pointer, key)));
  }
  return faults;
}

const memberFault = (node: SchemaNode, key: string, member: JsonValue, pointer: string): Places => {
  const schema = memberSchema(node, key);
  if (schema === undefined) return [];
  if (schema !== false) return fits(schema, member) ? [] : explain(schema, member, pointer);
  const names = Object.keys(node.properties ?? {});
  const choice = names.length === 0 ? 'no member' : `one of ${names.map((name) => `"${name}"`).join(', ')}`;
  return [{ pointer, detail: `is not known here; expected ${choice}.${didYouMean(key, names)}` }];
};

/** The schema of one member; false when there may be none of that name, undefined when anything goes. */
const memberSchema = (node: SchemaNode, key: string): SchemaNode | false | undefined => {
  if (node.properties !== undefined && Object.hasOwn(node.properties, key)) return node.properties[key];
  for (const [pattern, schema] of Object.entries(node.patternProperties ?? {})) {
    if (new RegExp(pattern, 'u').test(key)) return schema;
  }
  return node.additionalProperties === true ? undefined : node.additionalProperties;
};

function itemFaults(node: SchemaNode, value: readonly JsonValue[], pointer: string): Places {
  const { items } = node;
  const faults: ProblemPlace[] = [];
  for (const [index, item] of value.entries()) {
    if (faults.length >= placeCountMax) break;
    const schema = Array.isArray(items) ? items[index] : items;
    if (schema !== undefined && !fits(schema, item)) faults.push(...explain(schema, item, pointerTo(pointer, index)));
  }
  return faults;
}
