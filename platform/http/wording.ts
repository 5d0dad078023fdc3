import type { JsonValue } from '../../kernel/json.ts';
import { listedValues, type SchemaNode } from './schema-node.ts';

/** "at least 2", "at most 5", "2 to 5", or nothing. */
const rangeWords = (from: number | undefined, to: number | undefined): string => {
  if (from !== undefined && to !== undefined) return from === to ? `exactly ${from}` : `${from} to ${to}`;
  if (from !== undefined) return `at least ${from}`;
  return to === undefined ? '' : `at most ${to}`;
};

const textWords = (node: SchemaNode): string => {
  const range = rangeWords(node.minLength, node.maxLength);
  const size = range === '' ? '' : ` of ${range} character${range.endsWith(' 1') ? '' : 's'}`;
  const form = node.pattern ?? node.format;
  if (form === undefined) return `text${size}`;
  return `text${size} of the form ${form}${node.description === undefined ? '' : ` (${node.description})`}`;
};

const numberWords = (node: SchemaNode): string => {
  const kind = node.type === 'integer' ? 'a whole number' : 'a number';
  const range = rangeWords(node.minimum, node.maximum);
  const above = node.exclusiveMinimum === undefined ? '' : ` above ${node.exclusiveMinimum}`;
  const below = node.exclusiveMaximum === undefined ? '' : ` below ${node.exclusiveMaximum}`;
  const step = node.multipleOf === undefined ? '' : `, a multiple of ${node.multipleOf}`;
  return `${kind}${range === '' ? '' : ` of ${range}`}${above}${below}${step}`;
};

const listWords = (node: SchemaNode): string => {
  const range = rangeWords(node.minItems, node.maxItems);
  return `a list${range === '' ? '' : ` of ${range} items`}${node.uniqueItems === true ? ', each once' : ''}`;
};

const objectWords = (node: SchemaNode): string => {
  const range = rangeWords(node.minProperties, node.maxProperties);
  return `an object${range === '' ? '' : ` of ${range} members`}`;
};

/** What each JSON type is called; a schema without a type takes any value. */
const wordsByType: Readonly<Record<string, (node: SchemaNode) => string>> = {
  string: textWords,
  number: numberWords,
  integer: numberWords,
  array: listWords,
  object: objectWords,
  boolean: () => 'true or false',
  null: () => 'null',
};

/** What a schema takes, in words: `text of 1 to 80 characters`, `one of "gold", "silver"`. */
export function expectedWords(node: SchemaNode): string {
  if (node['x-expected'] !== undefined) return node['x-expected'];
  const listed = listedValues(node);
  if (listed !== null) {
    const words = listed.map((value) => JSON.stringify(value)).join(', ');
    return listed.length === 1 ? words : `one of ${words}`;
  }
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(expectedWords))].join(', or ');
  if (node.allOf !== undefined) return [...new Set(node.allOf.map(expectedWords))].join(' and ');
  return wordsByType[node.type ?? '']?.(node) ?? node.description ?? 'another value';
}

/**
 * What was found, in words. Text is said by its length: the value may be a secret, and answers end up in logs of callers.
 * @param listed true where the right values are few and known, so that the wrong one may be shown
 */
export function foundWords(value: JsonValue, listed: boolean): string {
  if (typeof value === 'string') {
    if (listed && value.length <= 40) return JSON.stringify(value);
    return value === '' ? 'empty text' : `text of ${value.length} character${value.length === 1 ? '' : 's'}`;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
