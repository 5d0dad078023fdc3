import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AnyRoute } from '../platform/http/route.ts';
import { fuzzRoutes } from '../platform/http/testing/fuzz.ts';
import { applyExample, asRoot, send, startTestApp, type TestApp, testHost } from './testing-app.ts';

/** Calls of each route; more by `PLIMSOLL_FUZZ_RUNS=2000 npm test -- app/fuzz`, from `PLIMSOLL_FUZZ_SEED`. */
const runsPerRoute = Number(process.env.PLIMSOLL_FUZZ_RUNS ?? 60);
const seed = Number(process.env.PLIMSOLL_FUZZ_SEED ?? 20_261_121);

/** A session of the first administrator, as a browser has it. */
async function signIn(app: TestApp): Promise<Readonly<Record<string, string>>> {
  const now = Date.now();
  const issued = (await app.access.issueAdminLink(now)) ?? (await app.access.makeFirstAdmin(now));
  assert.ok(issued?.outcome === 'done');
  const code = new URL(issued.value.url).hash.replace('#code=', '');
  const response = await send(app, 'POST /api/v1/session/link', { json: { code } });
  assert.ok(response.kind === 'whole' && response.status === 200, JSON.stringify(response));
  const { csrfToken } = JSON.parse(String(response.body)) as { csrfToken: string };
  const cookie = response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return { host: testHost, cookie, 'x-plimsoll-csrf': csrfToken, origin: `http://${testHost}` };
}

/** Routes of the session itself need one; all others are called with a token of full power. */
const isOfSession = (route: AnyRoute): boolean => route.path.startsWith('/api/v1/session');

describe('fuzz', () => {
  test('every route, from its own schema: a bad request is a 4xx problem and changes nothing', {
    timeout: 600_000,
  }, async (t) => {
    const app = await startTestApp(t);
    await applyExample(app);
    const report = await fuzzRoutes({
      routes: app.routes,
      dispatch: app.dispatch,
      headersFor: async (route) => (isOfSession(route) && route.permission !== 'open' ? await signIn(app) : asRoot),
      unchanged: app.stateOf,
      knownParams: { service: ['checkout', 'payments'], team: ['storefront'], kind: ['Service', 'Team'] },
      runsPerRoute,
      seed,
    });
    assert.deepEqual(report.faults, []);
    assert.deepEqual(app.errors, []);
    assert.ok(report.callCount >= app.routes.length * runsPerRoute, `${report.callCount} calls`);
  });
});
