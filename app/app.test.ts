import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { permissionTable } from '../capabilities/access/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import { openApiFaults } from '../platform/http/testing/openapi-faults.ts';
import { commands } from './commands/index.ts';
import { commandLineReference } from './reference.ts';
import { applyExample, asRoot, send, startTestApp, type TestApp } from './testing-app.ts';

const bodyOf = async (answer: ReturnType<typeof send>): Promise<JsonObject> => {
  const response = await answer;
  assert.ok(response.kind === 'whole');
  return JSON.parse(String(response.body)) as JsonObject;
};

async function tokenOf(app: TestApp, role: string): Promise<Readonly<Record<string, string>>> {
  const json = { title: `a ${role}`, role, scope: { kind: 'all' }, expiresInDays: 1 };
  const { secret } = await bodyOf(send(app, 'POST /api/v1/tokens', { json, headers: asRoot }));
  return { authorization: `Bearer ${String(secret)}` };
}

const exampleOf = (path: string): string =>
  path
    .replace(':service', 'checkout')
    .replace(':team', 'storefront')
    .replace(':kind', 'Service')
    .replaceAll(/:[a-z]+/g, 'none');

describe('app', () => {
  test('every route but the open ones refuses a stranger, before it looks at the request', async (t) => {
    const app = await startTestApp(t);
    for (const { method, path, permission } of app.routes) {
      const response = await send(app, `${method} ${exampleOf(path)}`, { json: { not: 'what is expected' } });
      if (permission === 'open') assert.notEqual(response.status, 401, path);
      else assert.equal(response.status, 401, `${method} ${path}`);
    }
  });

  test('a viewer is refused every route that asks for more, with the roles that may', async (t) => {
    const app = await startTestApp(t);
    const viewer = await tokenOf(app, 'viewer');
    const forViewers = ['services.read', 'definitions.read', 'journal.read', 'people.read', 'open', 'signed-in'];
    for (const { method, path, permission } of app.routes) {
      if (forViewers.includes(permission)) continue;
      const problem = await bodyOf(send(app, `${method} ${exampleOf(path)}`, { json: {}, headers: viewer }));
      assert.equal(problem.type, '/problems/forbidden', `${method} ${path}`);
      assert.match(String(problem.detail), /This needs .* over .*, which .* hold/);
    }
  });

  test('strangers: a thousand refusals are one fact with their count', async (t) => {
    const app = await startTestApp(t);
    const before = app.ledger.position();
    for (let count = 0; count < 1_000; count += 1) await send(app, 'GET /api/v1/services');
    assert.equal(await app.access.flushRefusals(Date.now(), true), true);
    assert.equal(app.ledger.position(), before + 1);
    const { refusals } = await bodyOf(send(app, 'GET /api/v1/audit', { headers: asRoot }));
    const [window] = refusals as readonly { counts: Record<string, number> }[];
    assert.ok((window?.counts['sign-in-needed'] ?? 0) + (window?.counts['too-many-requests'] ?? 0) >= 1_000);
  });

  test('timeline: facts of access are seen by those who audit, and by nobody else', async (t) => {
    const app = await startTestApp(t);
    await applyExample(app);
    const typesFor = async (headers: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const { facts } = await bodyOf(send(app, 'GET /api/v1/journal?limit=1000', { headers }));
      return (facts as readonly { type: string }[]).map((fact) => fact.type);
    };
    const seen = await typesFor(await tokenOf(app, 'viewer'));
    assert.ok(seen.includes('definition.set'));
    assert.ok(!seen.some((type) => /^(user|token|session|sign-in-link|access)\./.test(type)), seen.join(' '));
    assert.ok((await typesFor(await tokenOf(app, 'maintainer'))).includes('token.created'));
  });

  test('readiness: every part says why', async (t) => {
    const app = await startTestApp(t);
    const { ready, parts } = await bodyOf(send(app, 'GET /readyz'));
    assert.equal(ready, true);
    const named = (parts as readonly { name: string; why: string }[]).map(({ name, why }) => [name, why.length > 0]);
    assert.deepEqual(
      named,
      ['journal', 'records', 'disk', 'folds', 'definitions'].map((name) => [name, true]),
    );
  });

  test('metrics: the position of the journal and the requests are there', async (t) => {
    const app = await startTestApp(t);
    await send(app, 'GET /healthz');
    const response = await send(app, 'GET /metrics');
    assert.ok(response.kind === 'whole');
    assert.match(String(response.body), /^plimsoll_journal_position \d+$/m);
    assert.match(String(response.body), /^plimsoll_http_requests_total\{.*route="http\.read-health".*\} 1$/m);
  });

  test('OpenAPI: the document of all routes is sound', async (t) => {
    const app = await startTestApp(t);
    const document = await bodyOf(send(app, 'GET /api/v1/openapi.json'));
    assert.deepEqual(openApiFaults(document), []);
    assert.equal(Object.keys(document.paths as JsonObject).length > 20, true);
  });

  test('reference: what stands in docs/reference is what the code says (npm run reference)', async (t) => {
    const app = await startTestApp(t);
    const written = (name: string): string =>
      readFileSync(new URL(`../docs/reference/${name}`, import.meta.url), 'utf8');
    assert.equal(written('command-line.md'), commandLineReference(commands));
    assert.equal(written('permissions.md'), permissionTable(app.routes));
  });
});
