import { canonicalJson, type JsonObject, type JsonValue, pointerTo } from '../../kernel/json.ts';

/** One place that differs between two versions of a document. A side that had nothing there is left out. */
export type Difference = {
  /** JSON pointer into the document. */
  readonly pointer: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
};

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const difference = (pointer: string, before: JsonValue | undefined, after: JsonValue | undefined): Difference => ({
  pointer,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

const memberOf = (value: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/**
 * The places where two values differ, as deep as both are maps or lists, in the order of their keys. Lists are compared place
 * by place.
 */
export function differencesOf(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  pointer = '',
): readonly Difference[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      differencesOf(before[index], after[index], pointerTo(pointer, index)),
    );
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differencesOf(memberOf(before, key), memberOf(after, key), pointerTo(pointer, key)));
  }
  const same = before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after);
  return same || before === after ? [] : [difference(pointer, before, after)];
}
