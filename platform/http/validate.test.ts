import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import Type, { type TSchema } from 'typebox';
import type { JsonValue } from '../../kernel/json.ts';
import { faultsOf, placeCountMax } from './validate.ts';

const Scope = Type.Union([
  Type.Object({ kind: Type.Literal('all') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('team'), team: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
]);
const Sample = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 20 }),
    tier: Type.Union([Type.Literal('gold'), Type.Literal('silver')]),
    replicas: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
    labels: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z]+$' }), Type.String())),
    scope: Type.Optional(Scope),
    steps: Type.Optional(Type.Array(Type.Number({ exclusiveMinimum: 0 }), { maxItems: 50 })),
    until: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  },
  { additionalProperties: false },
);

const good = { name: 'checkout', tier: 'gold' };

describe('validation', () => {
  test('value: fits', () => {
    assert.deepEqual(faultsOf(Sample, { ...good, scope: { kind: 'team', team: 'harbour' }, until: null }, '/body'), []);
  });

  test('a pattern with words for people: they are said in its place', () => {
    const Path = Type.String({ pattern: '^[^./]+$', 'x-expected': 'a name without dots' });
    const [place] = faultsOf(Path, '..', '/body');
    assert.equal(place?.detail, 'expected a name without dots; found text of 2 characters.');
  });

  const refusals: readonly (readonly [string, JsonValue, string, string])[] = [
    ['a missing member', { tier: 'gold' }, '/body/name', 'is missing; expected text of 1 to 20 characters.'],
    ['empty text', { ...good, name: '' }, '/body/name', 'expected text of 1 to 20 characters; found empty text.'],
    ['a wrong type', { ...good, name: 7 }, '/body/name', 'expected text of 1 to 20 characters; found 7.'],
    [
      'a value that is not listed',
      { ...good, tier: 'sliver' },
      '/body/tier',
      'expected one of "gold", "silver"; found "sliver". Did you mean "silver"?',
    ],
    [
      'a number out of range',
      { ...good, replicas: 99 },
      '/body/replicas',
      'expected a whole number of 1 to 9; found 99.',
    ],
    ['a number too low', { ...good, steps: [1, 0] }, '/body/steps/1', 'expected a number above 0; found 0.'],
    [
      'a member with a near name',
      { ...good, replica: 1 },
      '/body/replica',
      'is not known here; expected one of "name", "tier", "replicas", "labels", "scope", "steps", "until". Did you mean "replicas"?',
    ],
    [
      'a part of the branch that is meant',
      { ...good, scope: { kind: 'team' } },
      '/body/scope/team',
      'is missing; expected text of at least 1 character.',
    ],
    [
      'a union, by all its branches',
      { ...good, until: 'x' },
      '/body/until',
      'expected a whole number, or null; found text of 1 character.',
    ],
    ['no object', [], '/body', 'expected an object; found an empty list.'],
    ['nothing', null, '/body', 'expected an object; found null.'],
    ['a key with a slash', { ...good, 'a/b': 1 }, '/body/a~1b', ''],
  ];
  for (const [what, value, pointer, detail] of refusals) {
    test(`value: refuses ${what}`, () => {
      const [first, ...rest] = faultsOf(Sample, value, '/body');
      assert.deepEqual(rest, []);
      assert.equal(first?.pointer, pointer);
      if (detail !== '') assert.equal(first?.detail, detail);
    });
  }

  test('words: never repeat a long or secret text', () => {
    const places = faultsOf(
      Type.Object({ password: Type.String({ minLength: 50 }) }),
      { password: 'hunter2' },
      '/body',
    );
    assert.ok(!JSON.stringify(places).includes('hunter2'));
  });

  test('faults: at most so many are told', () => {
    const schema = Type.Array(Type.Integer());
    assert.equal(faultsOf(schema, Array(10_000).fill('x'), '').length, placeCountMax);
  });

  test('faults: every value is either taken or explained, whatever the schema', () => {
    const schemas: readonly TSchema[] = [Sample, Scope, Type.Array(Scope), Type.Record(Type.String(), Type.Integer())];
    const both = Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Integer() })]);
    fc.assert(
      fc.property(fc.constantFrom(...schemas, both), fc.jsonValue(), (schema, value) => {
        for (const place of faultsOf(schema, value as JsonValue, '/body')) {
          assert.match(place.pointer, /^\/body/);
          assert.match(place.detail, /expected /);
        }
      }),
      { numRuns: 500 },
    );
  });
});
