import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Check } from 'typebox/value';
import type { Answer, AnyRoute, Identity } from '../http/route.ts';
import { definitionRoutes } from './api.ts';
import { type Desk, file, openDesk, port, ship, testRegistry } from './testing.ts';

const ana: Identity = { actor: 'user:usr_ana', by: 'session', credential: 'ses_1' };

const routeOf = (desk: Desk, name: string): AnyRoute => {
  const route = definitionRoutes(desk.definitions, testRegistry).find((each) => each.name === name);
  assert.ok(route !== undefined);
  return route;
};

/** Calls a route as the server does after validation, and holds a good reply against its shape. */
async function call(
  desk: Desk,
  name: string,
  given: { body?: unknown; params?: unknown } = {},
): Promise<Answer<unknown>> {
  const route = routeOf(desk, name);
  if (given.body !== undefined) assert.ok(Check(route.shape.body, given.body), 'the body fits the shape');
  const answer = await route.handle({
    body: given.body,
    params: given.params,
    query: undefined,
    identity: ana,
    now: 0,
    requestId: 'req_1',
    cause: 'request:req_1',
    remoteAddress: '127.0.0.1',
    cookies: {},
    headers: {},
    signal: new AbortController().signal,
  });
  if (answer.kind === 'reply') assert.ok(Check(route.shape.reply, answer.body), 'the reply fits the shape');
  return answer;
}

const bodyOf = (answer: Answer<unknown>): unknown => (answer.kind === 'reply' ? answer.body : assert.fail(answer.kind));

describe('definitions API', () => {
  test('apply, then list, then diff', async () => {
    const desk = await openDesk();
    const files = [file('a.yaml', port('kiel'), ship('ada', 'kiel'))];
    assert.deepEqual(bodyOf(await call(desk, 'definitions.apply-files', { body: { files } })), {
      revision: 1,
      changes: [
        { kind: 'Port', name: 'kiel', file: 'a.yaml', change: 'added', diff: [] },
        { kind: 'Ship', name: 'ada', file: 'a.yaml', change: 'added', diff: [] },
      ],
    });
    assert.deepEqual(bodyOf(await call(desk, 'definitions.list-in-force')), {
      revision: 1,
      source: { from: 'api', commit: null },
      documents: [
        { kind: 'Port', name: 'kiel', file: 'a.yaml', revision: 1 },
        { kind: 'Ship', name: 'ada', file: 'a.yaml', revision: 1 },
      ],
      faults: [],
    });
    const changed = [file('a.yaml', port('kiel'), ship('ada', 'kiel', 9))];
    assert.deepEqual(bodyOf(await call(desk, 'definitions.diff-files', { body: { files: changed } })), {
      faults: [],
      changes: [
        {
          kind: 'Ship',
          name: 'ada',
          file: 'a.yaml',
          change: 'changed',
          diff: [{ pointer: '/spec/draught', before: 5, after: 9 }],
        },
      ],
    });
    await desk.close();
  });

  test('apply refuses faulty files whole, with the place in the request and in the file', async () => {
    const desk = await openDesk();
    const files = [file('a.yaml', port('kiel')), file('b.yaml', ship('ada', 'keil'))];
    const answer = await call(desk, 'definitions.apply-files', { body: { files } });
    assert.ok(answer.kind === 'problem');
    assert.equal(answer.problem.status, 422);
    assert.equal(answer.problem.type, '/problems/definitions-faulty');
    assert.deepEqual(answer.problem.errors, [
      {
        pointer: '/body/files/1/text',
        detail: 'b.yaml:6:9: found "keil", expected the name of a Port. Did you mean "kiel"?',
      },
    ]);
    assert.deepEqual(desk.names(), []);
    await desk.close();
  });

  test('check answers with every fault', async () => {
    const desk = await openDesk();
    const report = bodyOf(
      await call(desk, 'definitions.check-files', { body: { files: [file('a.yaml', 'kind: Shp\n')] } }),
    );
    assert.deepEqual(report, {
      documents: 0,
      faults: [
        {
          file: 'a.yaml',
          line: 1,
          column: 7,
          pointer: '/kind',
          message: 'found the kind "Shp", expected one of Port, Ship. Did you mean "Ship"?',
        },
      ],
    });
    await desk.close();
  });

  test('refuses paths that lead elsewhere, hide, or have another type', async () => {
    const desk = await openDesk();
    const { body } = routeOf(desk, 'definitions.check-files').shape;
    const fits = (path: string): boolean => Check(body, { files: [{ path, text: '' }] });
    const refused = [
      '/etc/a.yaml',
      '../a.yaml',
      'a/../b.yaml',
      'a//b.yaml',
      '.a.yaml',
      'a.md',
      'a.yaml/',
      'a\\b.yaml',
      'a\n.yaml',
      '',
    ];
    assert.deepEqual(refused.filter(fits), []);
    assert.ok(['a.yaml', 'a/b c/ü.yml', 'x..y.json'].every(fits));
    await desk.close();
  });

  test('schemas are listed and served; an unknown kind is told the nearest', async () => {
    const desk = await openDesk();
    const { kinds } = bodyOf(await call(desk, 'definitions.list-schemas')) as { kinds: { schema: string }[] };
    assert.deepEqual(
      kinds.map(({ schema }) => schema),
      ['/api/v1/schemas/Port', '/api/v1/schemas/Ship'],
    );
    const schema = bodyOf(await call(desk, 'definitions.read-schema', { params: { kind: 'Ship' } })) as Record<
      string,
      unknown
    >;
    assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
    assert.equal(schema.title, 'Ship');
    const answer = await call(desk, 'definitions.read-schema', { params: { kind: 'Shipp' } });
    assert.match((answer.kind === 'problem' && answer.problem.detail) || '', /Did you mean "Ship"\?/);
    await desk.close();
  });
});
