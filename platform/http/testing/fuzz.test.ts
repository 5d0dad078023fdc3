import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import Type, { type Static, type TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { problemOf } from '../../../kernel/problem.ts';
import type { AnyRoute } from '../route.ts';
import { fuzzRoutes } from './fuzz.ts';
import { createManualClock, createSample, sampleDispatcher } from './sample.ts';
import { fittingValues } from './values.ts';

/** `PLIMSOLL_FUZZ_RUNS=5000 node --test platform/http/fuzz/*.test.ts` runs longer. */
const runsPerRoute = Number(process.env.PLIMSOLL_FUZZ_RUNS ?? 150);

const Counted = Type.Object({ count: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });

/** A route of its own for each way to be broken. */
const routeWith = (handle: AnyRoute['handle']): AnyRoute => ({
  name: 'broken.count',
  method: 'POST',
  path: '/api/v1/count',
  summary: 'Counts.',
  permission: 'open',
  shape: { body: Counted, reply: Type.Null() },
  handle,
});

const fuzz = (routes: readonly AnyRoute[], state: () => string, credentials: Record<string, string> = {}) =>
  fuzzRoutes({
    ...sampleDispatcher({ routes, clock: createManualClock() }),
    routes,
    headersFor: async () => credentials,
    unchanged: async () => state(),
    knownParams: { note: ['n1', 'n2'] },
    runsPerRoute,
    seed: 20_261_121,
  });

describe('fuzz', () => {
  test('fuzz: the sample keeps every law, and is really reached', async () => {
    const sample = createSample();
    const state = () => JSON.stringify([...sample.notes]);
    const report = await fuzz(sample.routes, state, { authorization: 'Bearer writer' });
    assert.deepEqual(report.faults, []);
    assert.equal(report.callCount, runsPerRoute * sample.routes.length);
    const written = report.statuses['sample.write-note'] ?? {};
    assert.ok((written[201] ?? 0) > 10, JSON.stringify(written));
    for (const status of [400, 403, 415, 421]) assert.ok((written[status] ?? 0) > 0, `${status} was never answered`);
  });

  const broken: readonly (readonly [string, () => readonly [AnyRoute, () => string], RegExp])[] = [
    [
      'fails on a number that it did not expect',
      () => [
        routeWith(async ({ body }) => {
          if ((body as Static<typeof Counted>).count > 1_000) throw new Error('overflow');
          return { kind: 'reply', body: null };
        }),
        () => '',
      ],
      /a good request.*answered 500/,
    ],
    [
      'writes before it refuses',
      () => {
        let writes = 0;
        const route = routeWith(async () => {
          writes += 1;
          return { kind: 'problem', problem: problemOf('too-late', 409, 'It was written, and then refused.') };
        });
        return [route, () => String(writes)];
      },
      /refused with 409, and yet something changed/,
    ],
    [
      'refuses without a word',
      () => [routeWith(async () => ({ kind: 'problem', problem: problemOf('no', 409, '') })), () => ''],
      /says no next step/,
    ],
    [
      'refuses in a form of its own',
      () => [routeWith(async () => ({ kind: 'text', status: 400, contentType: 'text/html', text: '<h1>' })), () => ''],
      /content type of a 400 is text\/html/,
    ],
  ];
  for (const [what, make, words] of broken) {
    test(`fuzz: finds a route that ${what}, and how to find it again`, async () => {
      const [route, state] = make();
      const [fault, ...rest] = (await fuzz([route], state)).faults;
      assert.deepEqual(rest, []);
      assert.equal(fault?.route, 'broken.count');
      assert.match(fault?.detail ?? '', words);
      assert.equal(fault?.seed, 20_261_121);
      assert.match(fault?.path ?? '', /^\d+/);
    });
  }

  test('fuzz: finds a server that takes what it had to refuse', async () => {
    const route = routeWith(async () => ({ kind: 'reply', body: null }));
    const report = await fuzzRoutes({
      routes: [route],
      dispatch: async () => ({ kind: 'whole', status: 200, headers: {}, cookies: [], body: 'null' }),
      headersFor: async () => ({}),
      unchanged: async () => '',
      runsPerRoute,
      seed: 1,
    });
    assert.match(report.faults[0]?.detail ?? '', /was taken with 200, and had to be refused/);
  });

  test('fuzz: refuses to call it a success when no call came past the door', async () => {
    const sample = createSample();
    const report = await fuzz(sample.routes.slice(0, 1), () => '', { authorization: 'Bearer nobody' });
    assert.match(report.faults[0]?.detail ?? '', /no call came past the door/);
  });
});

describe('fitting values', () => {
  const schemas: Readonly<Record<string, TSchema>> = {
    text: Type.String({ minLength: 2, maxLength: 5 }),
    pattern: Type.String({ pattern: '^[a-z][a-z0-9-]{0,9}$' }),
    range: Type.Integer({ minimum: 3, maximum: 9 }),
    above: Type.Number({ exclusiveMinimum: 0 }),
    union: Type.Union([Type.Literal('a'), Type.Integer(), Type.Null()]),
    both: Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Optional(Type.Boolean()) })]),
    record: Type.Record(Type.String({ pattern: '^[a-z]+$' }), Type.Integer()),
    list: Type.Array(Type.Integer(), { minItems: 1, uniqueItems: true }),
    tuple: Type.Tuple([Type.String(), Type.Boolean()]),
    anything: Type.Unknown(),
  };
  for (const [name, schema] of Object.entries(schemas)) {
    test(`value: ${name} fits`, () => {
      fc.assert(
        fc.property(fittingValues(schema), (value) => Check(schema, value)),
        { numRuns: 50 },
      );
    });
  }
});
