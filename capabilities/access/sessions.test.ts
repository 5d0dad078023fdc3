import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day, hour, minute, second } from '../../kernel/time.ts';
import { Browser, send, startWorld } from './testing.ts';

const rotation = 15 * minute;

describe('session cookie', () => {
  test('the secret is not in the records; its fingerprint is', async () => {
    const { world, admin } = await startWorld();
    const [record] = await world.records.list('access-sessions');
    const [, secret = ''] = admin.cookie.split('.');
    assert.equal(secret.length, 43);
    assert.ok(!JSON.stringify(record).includes(secret));
  });

  test('an altered secret, another id, garbage: a stranger', async () => {
    const { world, admin } = await startWorld();
    const [id = '', secret = ''] = admin.cookie.split('.');
    const turned = [...secret].reverse().join('');
    for (const cookie of [`${id}.${turned}`, `${id.slice(0, -1)}0.${secret}`, id, '.', 'x'.repeat(5_000)]) {
      const back = await send(world, 'GET /api/v1/session', { headers: { cookie: `plimsoll_session=${cookie}` } });
      assert.equal(back.status, 401, cookie.slice(0, 80));
    }
  });

  test('signing out ends it at once and erases the cookie', async () => {
    const { world, admin } = await startWorld();
    const kept = admin.cookie;
    assert.equal((await admin.send('DELETE /api/v1/session')).status, 200);
    assert.equal(admin.cookie, '');
    const back = await send(world, 'GET /api/v1/session', { headers: { cookie: `plimsoll_session=${kept}` } });
    assert.equal(back.status, 401);
    assert.deepEqual(await world.records.list('access-sessions'), []);
    assert.equal((await world.facts()).at(-1)?.type, 'session.ended');
  });

  test('signing in again ends the session that the browser had', async () => {
    const { world, admin } = await startWorld();
    const { body } = await admin.send('POST /api/v1/sign-in-links', { json: {} });
    const before = admin.cookie;
    assert.equal((await admin.open(body.signInLink)).status, 200);
    const back = await send(world, 'GET /api/v1/session', { headers: { cookie: `plimsoll_session=${before}` } });
    assert.equal(back.status, 401);
    assert.equal((await admin.send('GET /api/v1/session')).status, 200);
    assert.equal((await world.facts()).at(-1)?.data.reason, 'replaced');
  });
});

describe('session end', () => {
  test('idle: 12 h after the last use, not after the first', async () => {
    const { world, admin } = await startWorld();
    world.time.now += 11 * hour;
    assert.equal((await admin.send('GET /api/v1/session')).status, 200);
    world.time.now += 11 * hour;
    assert.equal((await admin.send('GET /api/v1/session')).status, 200);
    world.time.now += 12 * hour;
    assert.equal((await admin.send('GET /api/v1/session')).status, 401);
  });

  test('absolute: after 7 d, however often it is used', async () => {
    const { world, admin } = await startWorld();
    const start = world.time.now;
    while (world.time.now < start + 7 * day - 6 * hour) {
      world.time.now += 6 * hour;
      const back = await admin.send('GET /api/v1/session');
      assert.equal(back.status, world.time.now < start + 7 * day ? 200 : 401);
      if (back.status === 200) assert.equal(back.body.absoluteEndsAt, start + 7 * day);
    }
    world.time.now = start + 7 * day;
    assert.equal((await admin.send('GET /api/v1/session')).status, 401);
  });
});

describe('session rotation', () => {
  const cookieHeader = (cookie: string) => ({ headers: { cookie: `plimsoll_session=${cookie}` } });

  test('a new secret every 15 minutes of use, and none before', async () => {
    const { world, admin } = await startWorld();
    const first = admin.cookie;
    world.time.now += rotation - 1;
    assert.equal((await admin.send('GET /api/v1/session')).cookie, undefined);
    world.time.now += 1;
    await admin.send('GET /api/v1/session');
    assert.notEqual(admin.cookie, first);
    assert.equal(admin.cookie.split('.')[0], first.split('.')[0]);
  });

  test('requests at the same moment: all are let in, one carries the new secret, and its CSRF token stays good', async () => {
    const { world, admin } = await startWorld();
    world.time.now += rotation;
    const [old, csrfToken] = [admin.cookie, admin.csrfToken];
    const backs = await Promise.all(
      Array.from({ length: 20 }, () => send(world, 'GET /api/v1/session', cookieHeader(old))),
    );
    assert.deepEqual([...new Set(backs.map((back) => back.status))], [200]);
    const fresh = backs.flatMap((back) => (back.cookie === undefined ? [] : [back.cookie]));
    assert.equal(fresh.length, 1);
    admin.cookie = fresh[0] ?? '';
    assert.equal((await admin.send('GET /api/v1/session')).body.csrfToken, csrfToken);
    assert.equal((await admin.send('POST /api/v1/sign-in-links', { json: {} })).status, 201);
  });

  test('the old secret: good for a minute after the new one was first shown, then refused', async () => {
    const { world, admin } = await startWorld();
    const old = admin.cookie;
    world.time.now += rotation;
    await admin.send('GET /api/v1/session');
    world.time.now += 5 * minute;
    await admin.send('GET /api/v1/session');
    world.time.now += minute - second;
    assert.equal((await send(world, 'GET /api/v1/session', cookieHeader(old))).status, 200);
    world.time.now += second;
    assert.equal((await send(world, 'GET /api/v1/session', cookieHeader(old))).status, 401);
    assert.equal((await admin.send('GET /api/v1/session')).status, 200);
  });

  test('an answer that was lost on the way: the old secret goes on, and gets another new one', async () => {
    const { world, admin } = await startWorld();
    const old = admin.cookie;
    world.time.now += rotation;
    const lost = (await send(world, 'GET /api/v1/session', cookieHeader(old))).cookie ?? '';
    world.time.now += hour;
    assert.equal((await admin.send('GET /api/v1/session')).status, 200);
    assert.notEqual(admin.cookie, old);
    assert.equal((await send(world, 'GET /api/v1/session', cookieHeader(lost))).status, 401);
    assert.equal((await admin.send('GET /api/v1/session')).status, 200);
  });

  test('a refused old secret does not erase the cookie of the browser', async () => {
    const { world, admin } = await startWorld();
    const old = admin.cookie;
    world.time.now += rotation;
    await admin.send('GET /api/v1/session');
    await admin.send('GET /api/v1/session');
    world.time.now += 2 * minute;
    const back = await send(world, 'GET /api/v1/session', cookieHeader(old));
    assert.deepEqual([back.status, back.cookie], [401, undefined]);
  });
});

describe('CSRF', () => {
  const asked = 'POST /api/v1/sign-in-links';
  const withCookie = async () => {
    const { world, admin } = await startWorld();
    const cookie = `plimsoll_session=${admin.cookie}`;
    const whole = {
      host: 'plimsoll.example',
      origin: 'https://plimsoll.example',
      cookie,
      'x-plimsoll-csrf': admin.csrfToken,
    };
    return { world, whole };
  };
  const tried = async (change: Readonly<Record<string, string | undefined>>) => {
    const { world, whole } = await withCookie();
    const entries = Object.entries({ ...whole, ...change }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const back = await send(world, asked, { json: {}, headers: Object.fromEntries(entries) });
    return `${back.status} ${back.code}`.trim();
  };

  test('the whole request is let in', async () => assert.equal(await tried({}), '201'));
  test('without the token, or with another: refused', async () => {
    assert.equal(await tried({ 'x-plimsoll-csrf': undefined }), '403 csrf-refused');
    assert.equal(await tried({ 'x-plimsoll-csrf': 'x'.repeat(43) }), '403 csrf-refused');
    assert.equal(await tried({ 'x-plimsoll-csrf': '' }), '403 csrf-refused');
  });
  test('the token of another session of the same person: refused', async () => {
    const { admin } = await startWorld();
    const { body } = await admin.send(asked, { json: {} });
    const other = new Browser(admin.world);
    await other.open(body.signInLink);
    other.csrfToken = admin.csrfToken;
    assert.equal((await other.send(asked, { json: {} })).code, 'csrf-refused');
  });
  test('another origin, none, or "null": refused', async () => {
    assert.match(await tried({ origin: 'https://evil.example' }), /^403 /);
    assert.match(await tried({ origin: 'null' }), /^403 /);
    assert.equal(await tried({ origin: undefined }), '403 cross-site');
    assert.match(await tried({ origin: 'https://plimsoll.example.evil.example' }), /^403 /);
  });
  test('Sec-Fetch-Site: same-origin is enough without Origin; others are refused', async () => {
    assert.equal(await tried({ origin: undefined, 'sec-fetch-site': 'same-origin' }), '201');
    for (const site of ['cross-site', 'same-site', 'none'])
      assert.match(await tried({ 'sec-fetch-site': site }), /^403 /, site);
  });
  test('reading needs no token', async () => {
    const { world, whole } = await withCookie();
    assert.equal((await send(world, 'GET /api/v1/people', { headers: { cookie: whole.cookie } })).status, 200);
  });
});
