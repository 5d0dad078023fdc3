import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Type from 'typebox';
import type { AnyRoute } from './route.ts';
import { assertRoutes, RouteTableError, routeFaults } from './route-table.ts';
import { createManualClock, createSample, sampleDispatcher, sampleGate } from './testing/sample.ts';

const good: AnyRoute = {
  name: 'sample.read-note',
  method: 'GET',
  path: '/api/v1/notes/:note',
  summary: 'Reads a note.',
  permission: 'notes.read',
  shape: { params: Type.Object({ note: Type.String() }), reply: Type.Null() },
  handle: async () => ({ kind: 'reply', body: null }),
};

describe('route table', () => {
  test('table: the sample is fine', () => {
    assert.doesNotThrow(() => assertRoutes(createSample().routes, sampleGate.permissions));
  });

  const { permission: _, ...without } = good;
  const refusals: readonly (readonly [string, readonly AnyRoute[], RegExp])[] = [
    ['a route without a permission', [without as AnyRoute], /sample\.read-note .* has no permission/],
    [
      'a permission that nobody can hold',
      [{ ...good, permission: 'notes.raed' }],
      /"notes\.raed", which no role can hold/,
    ],
    ['a scope on an open route', [{ ...good, permission: 'open', scopeOf: () => ({}) }], /has a scope/],
    ['one name twice', [good, { ...good, path: '/x/:note' }], /shares its name/],
    ['one place twice', [good, { ...good, name: 'sample.other' }], /answers where another route does/],
    ['a parameter that is not described', [{ ...good, shape: { reply: Type.Null() } }], /does not describe ":note"/],
    ['a parameter that is not there', [{ ...good, path: '/api/v1/notes' }], /describes "note", not in its path/],
    ['a path that is none', [{ ...good, path: 'api/{note}' }], /expected lower-case steps/],
    ['a name of another form', [{ ...good, name: 'readNote' }], /capability\.verb-noun/],
    ['a body with GET', [{ ...good, shape: { ...good.shape, body: Type.Null() } }], /takes a body with GET/],
  ];
  const openBody = Type.Object(
    { files: Type.Array(Type.Object({ path: Type.String() })) },
    { additionalProperties: false },
  );
  const writing: AnyRoute = { ...good, method: 'PUT', shape: { ...good.shape, body: openBody } };
  const all = [
    ...refusals,
    ['a body that takes unknown members', [writing], /unknown members at \/body\/files\/items;/],
  ] as const;
  for (const [what, routes, words] of all) {
    test(`table: refuses ${what}`, () => {
      assert.match(routeFaults(routes, sampleGate.permissions).join('\n'), words);
      assert.throws(() => sampleDispatcher({ routes, clock: createManualClock() }), RouteTableError);
    });
  }
});
