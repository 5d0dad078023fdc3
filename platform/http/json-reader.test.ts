import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { jsonDepthMax, readJson } from './json-reader.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const faultOf = (input: string | Uint8Array) => {
  const reading = readJson(typeof input === 'string' ? bytesOf(input) : input, '/body');
  assert.equal(reading.outcome, 'fault', `expected a fault for ${String(input).slice(0, 80)}`);
  return reading.outcome === 'fault' ? reading.place : { pointer: '', detail: '' };
};

describe('strict JSON', () => {
  test('reading: says the same as JSON.parse for what JSON.stringify writes', () => {
    const sane = fc.jsonValue({ maxDepth: 6 }).filter((value) => {
      const text = JSON.stringify(value);
      return !/"(?:__proto__|constructor|prototype)":|\\u0000|\\ud[89a-f]/.test(text);
    });
    fc.assert(
      fc.property(sane, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const reading = readJson(bytesOf(text), '');
        assert.deepEqual(reading, { outcome: 'read', value: JSON.parse(text) });
      }),
      { numRuns: 300 },
    );
  });

  test('reading: never takes what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:0123-+.eE\\utrueflsn \n'), maxLength: 12 }), (text) => {
        const reading = readJson(bytesOf(text), '');
        if (reading.outcome === 'read') assert.deepEqual(reading.value, JSON.parse(text));
      }),
      { numRuns: 3_000 },
    );
  });

  const refusals: readonly (readonly [string, string | Uint8Array, string, RegExp])[] = [
    ['a key that stands twice', '{"a":{"b":1,"b":2}}', '/body/a/b', /twice.*line 1, column 13/],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}', '/body/a', /twice/],
    ['__proto__', '{"a":[{"__proto__":{"admin":true}}]}', '/body/a/0/__proto__', /not allowed/],
    ['__proto__ in disguise', '{"\\u005f_proto__":1}', '/body/__proto__', /not allowed/],
    ['constructor', '{"constructor":1}', '/body/constructor', /rename/],
    ['prototype', '{"prototype":1}', '/body/prototype', /rename/],
    ['broken UTF-8', new Uint8Array([0x22, 0xc3, 0x28, 0x22]), '/body', /not UTF-8/],
    ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x31]), '/body', /expected a value/],
    ['a number beyond doubles', '{"n":1e400}', '/body/n', /too large/],
    ['a whole number beyond doubles', '[12345678901234567890]', '/body/0', /exactly/],
    ['a null character', '{"a":"\\u0000"}', '/body/a', /null character/],
    ['half a surrogate pair', '["\\ud800"]', '/body/0', /surrogate/],
    ['a line break in a text', '["a\nb"]', '/body/0', /control character/],
    ['an open text', '{"a":"b', '/body/a', /closing quote/],
    ['a comma too many', '{\n  "a": 1,\n}', '/body', /expected a key.*line 3, column 1/],
    ['a missing comma', '[1 2]', '/body', /expected "," or "]", found "2"/],
    ['more than one value', '{} {}', '/body', /end of the text, found "\{"/],
    ['nothing', '', '/body', /found the end of the text/],
    ['comments', '// hi\n1', '/body', /expected a value, found "\/"/],
    ['NaN', '[NaN]', '/body/0', /expected a value/],
    ['a leading zero', '[01]', '/body', /expected "," or "]"/],
  ];
  for (const [what, input, pointer, detail] of refusals) {
    test(`reading: refuses ${what}`, () => {
      const place = faultOf(input);
      assert.equal(place.pointer, pointer);
      assert.match(place.detail, detail);
    });
  }

  test('reading: refuses nesting beyond the limit and takes nesting up to it', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    assert.equal(readJson(bytesOf(nested(jsonDepthMax)), '').outcome, 'read');
    assert.match(faultOf(nested(jsonDepthMax + 1)).detail, /nested too deeply; expected at most 64/);
    assert.match(faultOf('['.repeat(1_000_000)).detail, /nested too deeply/);
  });

  test('reading: a megabyte of backslashes and quotes takes linear time', () => {
    const started = performance.now();
    faultOf(`["${'\\"'.repeat(500_000)}`);
    assert.ok(performance.now() - started < 1_000);
  });
});
