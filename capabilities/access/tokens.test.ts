import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day, hour, minute } from '../../kernel/time.ts';
import { bearing, bootstrapToken, join, send, startWorld, type World } from './testing.ts';

const viewer = { title: 'ci', role: 'viewer', scope: { kind: 'all' }, expiresInDays: 30 };
const admin = { ...viewer, title: 'operator', role: 'admin' };

const make = async (world: World, json: object, by = bootstrapToken) => {
  const back = await send(world, 'POST /api/v1/tokens', { json, ...bearing(by) });
  assert.equal(back.status, 201, JSON.stringify(back.body));
  return back.body as { id: string; secret: string; prefix: string };
};
const statusOf = async (world: World, secret: string, line = 'GET /api/v1/people') =>
  (await send(world, line, bearing(secret))).status;

describe('tokens', () => {
  test('the secret is shown once: the list has the prefix only, the records its fingerprint only', async () => {
    const { world } = await startWorld();
    const { secret, prefix } = await make(world, viewer);
    assert.match(secret, /^plt_[0-9a-z]{26}[A-Za-z0-9_-]{43}$/);
    assert.ok(secret.startsWith(prefix) && prefix.length === 18);
    const list = await send(world, 'GET /api/v1/tokens', bearing(bootstrapToken));
    const hidden = secret.slice(30);
    assert.ok(!JSON.stringify(list.body).includes(hidden));
    assert.ok(!JSON.stringify(await world.records.list('access-tokens')).includes(hidden));
    assert.deepEqual([list.body.tokens[0].prefix, list.body.tokens[0].title], [prefix, 'ci']);
    assert.equal(list.body.tokens[0].createdByName, 'bootstrap');
  });

  test('expired: refused from that moment on, then said in a fact', async () => {
    const { world } = await startWorld();
    const { id, secret } = await make(world, { ...viewer, expiresInDays: 1 });
    world.time.now += day - 1;
    assert.equal(await statusOf(world, secret), 200);
    world.time.now += 1;
    assert.equal(await statusOf(world, secret), 401);
    assert.deepEqual(await world.access.reconcile(world.time.now, false), [
      {
        do: 'end-session',
        session: (await world.facts()).find((fact) => fact.type === 'session.started')?.subject.slice(8),
        reason: 'idle',
      },
      { do: 'revoke-token', token: id, reason: 'expired' },
    ]);
    assert.equal((await world.facts()).at(-1)?.data.reason, 'expired');
  });

  test('revoked: refused at once, and so are those it has made', async () => {
    const { world } = await startWorld();
    const parent = await make(world, admin);
    const child = await make(world, { ...viewer, expiresInDays: 29 }, parent.secret);
    assert.equal(await statusOf(world, child.secret), 200);
    assert.equal(await statusOf(world, bootstrapToken, `DELETE /api/v1/tokens/${parent.id}`), 200);
    assert.equal(await statusOf(world, parent.secret), 401);
    assert.equal(await statusOf(world, child.secret), 401);
    const { tokens } = (await send(world, 'GET /api/v1/tokens', bearing(bootstrapToken))).body;
    assert.equal(tokens.find((token: { id: string }) => token.id === parent.id).revokedAt, world.time.now);
  });

  test('a dead token is listed for 30 days, then its record is gone', async () => {
    const { world } = await startWorld();
    const { id } = await make(world, viewer);
    await send(world, `DELETE /api/v1/tokens/${id}`, bearing(bootstrapToken));
    world.time.now += 30 * day - 1;
    await world.access.reconcile(world.time.now, false);
    assert.equal((await world.records.list('access-tokens')).length, 1);
    world.time.now += 1;
    await world.access.reconcile(world.time.now, false);
    assert.equal((await world.records.list('access-tokens')).length, 0);
  });

  test('never more than the maker: role, scope, end', async () => {
    const { world } = await startWorld();
    const parent = await make(world, { ...admin, expiresInDays: 10 });
    const longer = await send(world, 'POST /api/v1/tokens', {
      json: { ...viewer, expiresInDays: 11 },
      ...bearing(parent.secret),
    });
    assert.deepEqual([longer.status, longer.code], [403, 'more-than-own']);
    assert.equal(
      (await send(world, 'POST /api/v1/tokens', { json: viewer, ...bearing((await make(world, viewer)).secret) })).code,
      'forbidden',
    );
  });

  test('a maker who is demoted takes the token down along', async () => {
    const { world, admin: boss } = await startWorld();
    const { id, browser } = await join(boss, 'Ana', 'viewer');
    const json = {
      role: 'admin',
      scope: { kind: 'all' },
      reason: 'runs access for a while',
      until: world.time.now + 30 * day,
    };
    const grant = (await boss.send(`POST /api/v1/people/${id}/grants`, { json })).body.id;
    const token = (await browser.send('POST /api/v1/tokens', { json: { ...admin, expiresInDays: 30 } })).body.secret;
    assert.equal(await statusOf(world, token, 'GET /api/v1/audit'), 200);
    await boss.send(`DELETE /api/v1/people/${id}/grants/${grant}`);
    assert.equal(await statusOf(world, token, 'GET /api/v1/audit'), 403);
    assert.equal(await statusOf(world, token, 'GET /api/v1/people'), 200);
  });

  test('last use is written at most once a minute', async () => {
    const { world } = await startWorld();
    const { id, secret } = await make(world, viewer);
    const start = world.time.now;
    const seen: (number | null)[] = [];
    for (const at of [0, minute - 1, minute, minute + 5]) {
      world.time.now = start + at;
      await statusOf(world, secret);
      const stored = await world.records.get<{ lastUsedAt: number | null }>('access-tokens', id);
      seen.push((stored?.body.lastUsedAt ?? 0) - start);
    }
    assert.deepEqual(seen, [0, 0, minute, minute]);
  });

  test('refused: unknown, altered, another scheme is no token at all, no session routes', async () => {
    const { world } = await startWorld();
    const { id, secret } = await make(world, viewer);
    for (const wrong of [`${secret}x`, secret.slice(0, -1), `plt_${'0'.repeat(69)}`, secret.toUpperCase(), id]) {
      const back = await send(world, 'GET /api/v1/people', bearing(wrong));
      assert.deepEqual([back.status, back.code], [401, 'token-refused'], wrong);
    }
    const basic = await send(world, 'GET /api/v1/people', { headers: { authorization: 'Basic YTpi' } });
    assert.equal(basic.code, 'sign-in-needed');
    for (const line of ['GET /api/v1/session', 'DELETE /api/v1/session']) {
      assert.equal((await send(world, line, bearing(secret))).code, 'session-needed', line);
    }
  });

  test('refused: a token without end, of a role that is none, of a scope that is none', async () => {
    const { world } = await startWorld();
    for (const json of [
      { ...viewer, expiresInDays: 0 },
      { ...viewer, expiresInDays: 366 },
      { ...viewer, role: 'root' },
      { ...viewer, scope: { kind: 'service' } },
      { ...viewer, scope: { kind: 'team', team: 'a:b' } },
      { ...viewer, title: ' ' },
      { ...viewer, title: 'a\u0000b' },
    ]) {
      const back = await send(world, 'POST /api/v1/tokens', { json, ...bearing(bootstrapToken) });
      assert.equal(back.status, 400, JSON.stringify(json));
    }
    const unknown = `DELETE /api/v1/tokens/tok_${'0'.repeat(26)}`;
    assert.equal((await send(world, unknown, bearing(bootstrapToken))).code, 'token-not-found');
  });

  test('scoped: a token over one team reads nothing of the whole', async () => {
    const { world } = await startWorld();
    const { id, secret } = await make(world, { ...admin, scope: { kind: 'team', team: 'crew' } });
    assert.equal(await statusOf(world, secret, 'GET /api/v1/audit'), 403);
    const identity = { actor: `token:${id}`, by: 'token', credential: id } as const;
    const forbids = (scope: { service?: string; team?: string }) =>
      world.access.gate.forbids(identity, 'services.read', scope, world.time.now + hour);
    assert.equal(await forbids({ team: 'crew' }), null);
    assert.equal(await forbids({ service: 'checkout' }), null);
    assert.equal((await forbids({ service: 'search' }))?.status, 403);
    assert.equal((await forbids({ service: 'unheard-of' }))?.status, 403);
    assert.equal((await forbids({}))?.status, 403);
  });
});
