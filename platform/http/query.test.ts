import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import Type from 'typebox';
import { queryParameterCountMax, readQuery } from './query.ts';

const Query = Type.Object({
  after: Type.Optional(Type.Integer()),
  ratio: Type.Optional(Type.Number()),
  backwards: Type.Optional(Type.Boolean()),
  subject: Type.Optional(Type.String()),
  tag: Type.Optional(Type.Array(Type.String())),
  either: Type.Optional(Type.Union([Type.Integer(), Type.Literal('all')])),
});

const readOf = (raw: string) => {
  const reading = readQuery(raw, Query);
  assert.equal(reading.outcome, 'read', raw);
  return reading.outcome === 'read' ? reading.value : {};
};
const placeOf = (raw: string) => {
  const reading = readQuery(raw, Query);
  assert.equal(reading.outcome, 'fault', raw);
  return reading.outcome === 'fault' ? reading.places[0] : undefined;
};

describe('query', () => {
  test('reading: numbers, booleans, lists and text by the schema', () => {
    assert.deepEqual(readOf('after=12&ratio=-0.5&backwards=true&subject=service%2Fa+b&tag=x&tag=y&either=all'), {
      after: 12,
      ratio: -0.5,
      backwards: true,
      subject: 'service/a b',
      tag: ['x', 'y'],
      either: 'all',
    });
    assert.deepEqual(readOf('either=7&&subject'), { either: 7, subject: '' });
    assert.deepEqual(readQuery('', undefined), { outcome: 'read', value: {} });
  });

  test('reading: leaves text that is no number to the check', () => {
    for (const text of ['0x10', '1e3', ' 1', 'NaN', 'Infinity', '1'.repeat(400), '']) {
      assert.equal(readOf(`after=${encodeURIComponent(text)}`).after, text);
    }
  });

  test('reading: refuses unknown names, and says the near one', () => {
    assert.match(placeOf('backward=true')?.detail ?? '', /expected one of "after".*Did you mean "backwards"\?/);
    assert.equal(placeOf('__proto__=1')?.pointer, '/query/__proto__');
    assert.equal(placeOf('constructor=1')?.pointer, '/query/constructor');
    const none = readQuery('a=1', undefined);
    assert.match(JSON.stringify(none), /expected no parameter/);
  });

  test('reading: refuses repeated names, broken encoding, null characters, too many', () => {
    assert.match(placeOf('after=1&after=2')?.detail ?? '', /more than once; expected it once/);
    assert.match(placeOf('subject=%ff')?.detail ?? '', /UTF-8/);
    assert.match(placeOf('subject=%')?.detail ?? '', /encode/);
    assert.match(placeOf('subject=a%00b')?.detail ?? '', /null/);
    assert.match(placeOf('tag=x&'.repeat(queryParameterCountMax + 1))?.detail ?? '', /at most 100 parameters/);
  });

  test('reading: what is encoded is read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0'));
        assert.equal(readOf(new URLSearchParams({ subject: text }).toString()).subject, text);
      }),
    );
  });
});
