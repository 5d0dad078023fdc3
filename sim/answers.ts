import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { Reply } from './client.ts';

/** Reading answers without trusting their shape: what is not there is empty. */

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const memberOf = (value: JsonValue | undefined, key: string): JsonValue | undefined =>
  isObject(value) ? value[key] : undefined;

export const bodyOf = (reply: Reply): JsonValue => (reply.outcome === 'answered' ? reply.body : null);

/** True when the request was done, and said so. */
export const isDone = (reply: Reply): boolean => reply.outcome === 'answered' && reply.status < 400;

/** The status, or why there is none. */
export const statusOf = (reply: Reply): number | 'unreachable' | 'unknown' =>
  reply.outcome === 'answered' ? reply.status : reply.outcome;

export const textIn = (value: JsonValue | undefined, key: string): string => {
  const member = memberOf(value, key);
  return typeof member === 'string' ? member : '';
};

export const numberIn = (value: JsonValue | undefined, key: string): number | null => {
  const member = memberOf(value, key);
  return typeof member === 'number' ? member : null;
};

export const listIn = (value: JsonValue | undefined, key: string): readonly JsonValue[] => {
  const member = memberOf(value, key);
  return Array.isArray(member) ? member : [];
};
