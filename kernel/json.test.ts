import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, deepFreeze, type JsonObject, type JsonValue, pointerTo } from './json.ts';

const reversed = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

describe('canonical JSON', () => {
  test('is JSON of the same value, and the order of keys does not matter', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (given) => {
        const value = JSON.parse(JSON.stringify(given)) as JsonValue;
        assert.deepEqual(JSON.parse(canonicalJson(value)), value);
        assert.equal(canonicalJson(reversed(value)), canonicalJson(value));
      }),
    );
  });

  test('arrays keep their order', () => {
    assert.notEqual(canonicalJson([1, 2]), canonicalJson([2, 1]));
  });
});

describe('JSON pointer', () => {
  test('escapes ~ and / as RFC 6901 says', () => {
    assert.equal(pointerTo(pointerTo('', 'a/b'), 'm~n'), '/a~1b/m~0n');
    assert.equal(pointerTo('/body', 0), '/body/0');
  });
});

describe('deep freeze', () => {
  test('refuses a change at any depth', () => {
    const value = deepFreeze({ list: [{ name: 'a' }] });
    assert.throws(() => {
      (value.list[0] as { name: string }).name = 'b';
    }, TypeError);
  });
});
