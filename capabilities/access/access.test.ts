import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day, hour, minute } from '../../kernel/time.ts';
import { Browser, bearing, bootstrapToken, codeOf, join, makeWorld, send, startWorld } from './testing.ts';

const goodPassword = 'seven gulls over the quay';

describe('first start', () => {
  test('the first admin is "you", signs in by link once, and no second one is made', async () => {
    const { world, admin } = await startWorld();
    const session = await admin.send('GET /api/v1/session');
    assert.equal(session.body.user.name, 'you');
    assert.deepEqual(session.body.roles, ['viewer', 'responder', 'maintainer', 'admin']);
    assert.equal(session.body.hasPassword, false);
    assert.equal(await world.access.makeFirstAdmin(world.time.now), null);
  });

  test('the bootstrap token is an admin from the first start; a near miss is refused', async () => {
    const world = await makeWorld();
    assert.equal((await send(world, 'GET /api/v1/people', bearing(bootstrapToken))).status, 200);
    const miss = await send(world, 'GET /api/v1/people', bearing(`${bootstrapToken}x`));
    assert.deepEqual([miss.status, miss.code], [401, 'token-refused']);
  });

  test('a stranger gets 401 and no more', async () => {
    const { world } = await startWorld();
    for (const path of ['session', 'people', 'tokens', 'audit']) {
      assert.equal((await send(world, `GET /api/v1/${path}`)).status, 401, path);
    }
  });
});

describe('sign-in links', () => {
  test('a link works once', async () => {
    const { admin } = await startWorld();
    const { body } = await admin.send('POST /api/v1/people', {
      json: { name: 'Ana', email: 'ana@harbour.example', role: 'viewer' },
    });
    assert.equal((await new Browser(admin.world).open(body.signInLink)).status, 200);
    const again = await new Browser(admin.world).open(body.signInLink);
    assert.deepEqual([again.status, again.code], [401, 'link-refused']);
  });

  test('a link is over after 15 minutes', async () => {
    const { world, admin } = await startWorld();
    const { body } = await admin.send('POST /api/v1/sign-in-links', { json: {} });
    world.time.now += 15 * minute;
    assert.equal((await new Browser(world).open(body.signInLink)).code, 'link-refused');
  });

  test('two requests with one code at the same moment: one is let in', async () => {
    const { admin, world } = await startWorld();
    const { body } = await admin.send('POST /api/v1/sign-in-links', { json: {} });
    const backs = await Promise.all([1, 2, 3].map(() => new Browser(world).open(body.signInLink)));
    assert.deepEqual(backs.map((back) => back.status).sort(), [200, 401, 401]);
  });

  test('an altered, foreign or garbled code is refused', async () => {
    const { admin, world } = await startWorld();
    const { body } = await admin.send('POST /api/v1/sign-in-links', { json: {} });
    const code = codeOf(body.signInLink);
    const end = code.endsWith('A') ? 'B' : 'A';
    for (const wrong of [`${code.slice(0, -1)}${end}`, code.slice(1), 'x', `${code}x`, '__proto__']) {
      const back = await new Browser(world).send('POST /api/v1/session/link', { json: { code: wrong } });
      assert.equal(back.code, 'link-refused', wrong);
    }
    assert.equal((await new Browser(world).open(body.signInLink)).status, 200);
  });

  test('a link of a person who was disabled meanwhile is refused', async () => {
    const { admin, world } = await startWorld();
    const { body } = await admin.send('POST /api/v1/people', {
      json: { name: 'Ana', email: 'ana@harbour.example', role: 'viewer' },
    });
    await admin.send(`POST /api/v1/people/${body.id}/disable`);
    assert.equal((await new Browser(world).open(body.signInLink)).code, 'link-refused');
    const more = await admin.send('POST /api/v1/sign-in-links', { json: { user: body.id } });
    assert.equal(more.code, 'user-disabled');
  });
});

describe('passwords', () => {
  const withPassword = async () => {
    const { world, admin } = await startWorld();
    const { id, browser } = await join(admin, 'Ana', 'viewer');
    assert.equal(
      (await browser.send('PUT /api/v1/session/password', { json: { password: goodPassword } })).status,
      200,
    );
    return { world, admin, ana: browser, id };
  };
  const signIn = (world: Parameters<typeof send>[0], email: string, password: string, address = '192.0.2.9') =>
    new Browser(world).send('POST /api/v1/session', { json: { email, password }, address });

  test('a person signs in by address, in any case, and password', async () => {
    const { world } = await withPassword();
    const back = await signIn(world, ' ANA@Harbour.example'.trim(), goodPassword);
    assert.equal(back.status, 200);
    assert.equal(back.body.hasPassword, true);
    assert.equal(back.body.user.name, 'Ana');
  });

  test('wrong password and unknown address: one and the same answer', async () => {
    const { world } = await withPassword();
    const wrong = await signIn(world, 'ana@harbour.example', `${goodPassword}s`);
    const unknown = await signIn(world, 'nobody@harbour.example', goodPassword);
    assert.deepEqual([wrong.status, wrong.code], [401, 'sign-in-refused']);
    assert.deepEqual({ ...wrong.body, instance: '' }, { ...unknown.body, instance: '' });
  });

  test('a disabled person is answered like an unknown one', async () => {
    const { world, admin, id } = await withPassword();
    await admin.send(`POST /api/v1/people/${id}/disable`);
    assert.equal((await signIn(world, 'ana@harbour.example', goodPassword)).code, 'sign-in-refused');
  });

  test('a new password ends every other session and the old cookie', async () => {
    const { world, ana } = await withPassword();
    const other = new Browser(world);
    await other.send('POST /api/v1/session', { json: { email: 'ana@harbour.example', password: goodPassword } });
    const oldCookie = ana.cookie;
    const json = { password: 'eight gulls over the quay', currentPassword: goodPassword };
    assert.equal((await ana.send('PUT /api/v1/session/password', { json })).status, 200);
    assert.equal((await ana.send('GET /api/v1/session')).status, 200);
    assert.equal((await other.send('GET /api/v1/session')).status, 401);
    const stolen = await send(world, 'GET /api/v1/session', { headers: { cookie: `plimsoll_session=${oldCookie}` } });
    assert.equal(stolen.status, 401);
    assert.equal((await signIn(world, 'ana@harbour.example', goodPassword)).status, 401);
  });

  test('the current password is asked for, but not within 15 minutes of a link', async () => {
    const { world, admin, ana, id } = await withPassword();
    world.time.now += hour;
    const json = { password: 'eight gulls over the quay' };
    assert.equal((await ana.send('PUT /api/v1/session/password', { json })).code, 'current-password-wrong');
    const wrong = { ...json, currentPassword: 'not this one at all' };
    assert.equal((await ana.send('PUT /api/v1/session/password', { json: wrong })).code, 'current-password-wrong');
    const { body } = await admin.send('POST /api/v1/sign-in-links', { json: { user: id } });
    const forgetful = new Browser(world);
    await forgetful.open(body.signInLink);
    assert.equal((await forgetful.send('PUT /api/v1/session/password', { json })).status, 200);
  });

  test('an admin without an address sets one before a password', async () => {
    const { world, admin } = await startWorld();
    const json = { password: goodPassword };
    assert.equal((await admin.send('PUT /api/v1/session/password', { json })).code, 'email-missing');
    const profile = { name: 'Ines Anchor', email: 'Ines@Harbour.example' };
    const named = await admin.send('PUT /api/v1/session/profile', { json: profile });
    assert.deepEqual([named.body.user.name, named.body.user.email], ['Ines Anchor', 'ines@harbour.example']);
    assert.equal((await admin.send('PUT /api/v1/session/password', { json })).status, 200);
    assert.equal((await signIn(world, 'ines@harbour.example', goodPassword)).status, 200);
  });

  test('an address belongs to one person, and is free again when its person has another', async () => {
    const { admin, ana } = await withPassword();
    const taken = { name: 'Ben', email: 'ANA@harbour.example', role: 'viewer' };
    assert.equal((await admin.send('POST /api/v1/people', { json: taken })).code, 'email-taken');
    const own = { name: 'Ana', email: 'ana.quay@harbour.example' };
    assert.equal((await ana.send('PUT /api/v1/session/profile', { json: own })).status, 200);
    assert.equal((await admin.send('POST /api/v1/people', { json: taken })).status, 201);
    assert.equal(
      (await ana.send('PUT /api/v1/session/profile', { json: { name: 'Ana', email: taken.email } })).code,
      'email-taken',
    );
  });

  test('guessing: five wrong ones are free, then everybody waits for that account, right or wrong', async () => {
    const { world } = await withPassword();
    for (let tries = 0; tries < 5; tries += 1) {
      assert.equal((await signIn(world, 'ana@harbour.example', 'wrong', `192.0.2.${tries}`)).status, 401);
    }
    const held = await signIn(world, 'ana@harbour.example', goodPassword, '198.51.100.1');
    assert.deepEqual([held.status, held.code, held.headers['retry-after']], [429, 'sign-in-throttled', '1']);
    world.time.now += 1_000;
    assert.equal((await signIn(world, 'ana@harbour.example', goodPassword, '198.51.100.1')).status, 200);
  });

  test('guessing from an address: a link from there works at once all the same', async () => {
    const { world, admin, id } = await withPassword();
    for (let tries = 0; tries < 21; tries += 1) await signIn(world, `guess${tries}@harbour.example`, 'wrong');
    assert.equal((await signIn(world, 'ana@harbour.example', goodPassword)).code, 'sign-in-throttled');
    const { body } = await admin.send('POST /api/v1/sign-in-links', { json: { user: id } });
    assert.equal((await new Browser(world).open(body.signInLink)).status, 200);
  });

  test('guessing at once: tries under way count already', async () => {
    const { world } = await withPassword();
    const backs = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        signIn(world, 'ana@harbour.example', `wrong ${index}`, `192.0.2.${index}`),
      ),
    );
    assert.equal(backs.filter((back) => back.status === 401).length, 5);
    assert.equal(backs.filter((back) => back.status === 429).length, 25);
  });
});

describe('people', () => {
  test('addresses and reasons are for those who manage access', async () => {
    const { admin } = await startWorld();
    const { browser } = await join(admin, 'Ana', 'viewer');
    const all = (await admin.send('GET /api/v1/people')).body.people;
    assert.equal(all[1].email, 'ana@harbour.example');
    assert.equal(typeof all[1].grants[0].reason, 'string');
    const seen = (await browser.send('GET /api/v1/people')).body.people;
    assert.deepEqual(
      seen.map((person: { name: string }) => person.name),
      ['you', 'Ana'],
    );
    assert.ok(!JSON.stringify(seen).includes('@'));
    assert.ok(!JSON.stringify(seen).includes('reason'));
  });

  test('grants: need a reason, a later end, a person; go when they end', async () => {
    const { world, admin } = await startWorld();
    const { id, browser } = await join(admin, 'Ana', 'viewer');
    const grant = { role: 'maintainer', scope: { kind: 'all' }, reason: 'covers the release' };
    const path = `POST /api/v1/people/${id}/grants`;
    assert.equal((await admin.send(path, { json: { ...grant, reason: ' ' } })).status, 400);
    assert.equal((await admin.send(path, { json: { ...grant, until: world.time.now } })).code, 'end-in-past');
    const nobody = `POST /api/v1/people/usr_${'0'.repeat(26)}/grants`;
    assert.equal((await admin.send(nobody, { json: grant })).code, 'user-not-found');
    assert.equal((await browser.send('GET /api/v1/audit')).code, 'forbidden');
    assert.equal((await admin.send(path, { json: { ...grant, until: world.time.now + hour } })).status, 201);
    assert.equal((await browser.send('GET /api/v1/audit')).status, 200);
    world.time.now += hour;
    assert.equal((await browser.send('GET /api/v1/audit')).status, 403);
  });

  test('the last admin cannot lose the grant, be disabled or be erased', async () => {
    const { world, admin, adminId } = await startWorld();
    const until = world.time.now + day;
    const { id } = await join(admin, 'Ana', 'viewer');
    const json = { role: 'admin', scope: { kind: 'all' }, reason: 'holiday cover', until };
    assert.equal((await admin.send(`POST /api/v1/people/${id}/grants`, { json })).status, 201);
    const grant = (await admin.send('GET /api/v1/people')).body.people[0].grants[0].id;
    for (const line of [
      `DELETE /api/v1/people/${adminId}/grants/${grant}`,
      `POST /api/v1/people/${adminId}/disable`,
      `DELETE /api/v1/people/${adminId}`,
    ]) {
      const back = await admin.send(line);
      assert.deepEqual([back.status, back.code], [409, 'last-admin'], line);
    }
  });

  test('two admins who disable each other at the same moment: one stays', async () => {
    const { admin, adminId, world } = await startWorld();
    const { id, browser } = await join(admin, 'Ana', 'admin');
    const backs = await Promise.all([
      admin.send(`POST /api/v1/people/${id}/disable`),
      browser.send(`POST /api/v1/people/${adminId}/disable`),
    ]);
    assert.deepEqual(backs.map((back) => back.status).sort(), [200, 409]);
    assert.equal((await world.facts()).filter((fact) => fact.type === 'user.disabled').length, 1);
  });

  test('disabled: sessions end at once and tokens are refused', async () => {
    const { admin, world } = await startWorld();
    const { id, browser } = await join(admin, 'Ana', 'admin');
    const json = { title: 'ci', role: 'viewer', scope: { kind: 'all' }, expiresInDays: 1 };
    const token = (await browser.send('POST /api/v1/tokens', { json })).body.secret;
    assert.equal((await send(world, 'GET /api/v1/people', bearing(token))).status, 200);
    await admin.send(`POST /api/v1/people/${id}/disable`);
    assert.equal((await browser.send('GET /api/v1/people')).status, 401);
    assert.equal((await send(world, 'GET /api/v1/people', bearing(token))).code, 'token-refused');
  });

  test('erased: nothing of the person is left in records, the id stays in the audit', async () => {
    const { admin, world } = await startWorld();
    const { id, browser } = await join(admin, 'Ana', 'admin');
    const json = { title: "Ana's laptop", role: 'viewer', scope: { kind: 'all' }, expiresInDays: 1 };
    for (const _ of [1, 2]) assert.equal((await browser.send('POST /api/v1/tokens', { json })).status, 201);
    const [token] = (await browser.send('GET /api/v1/tokens')).body.tokens;
    await browser.send(`DELETE /api/v1/tokens/${token.id}`);
    await browser.send('PUT /api/v1/session/password', { json: { password: goodPassword } });
    assert.equal((await admin.send(`DELETE /api/v1/people/${id}`)).status, 200);
    for (const collection of ['people', 'emails', 'passwords', 'grants', 'sessions', 'tokens', 'sign-in-links']) {
      const text = JSON.stringify(await world.records.list(`access-${collection}`));
      assert.ok(!text.includes(id) && !text.includes('Ana') && !text.includes('ana@'), collection);
    }
    const { entries } = (await admin.send(`GET /api/v1/audit?actor=user:${id}`)).body;
    assert.ok(entries.length > 0);
    assert.ok(entries.every((entry: { actorName: string }) => entry.actorName === id));
    assert.equal((await admin.send(`DELETE /api/v1/people/${id}`)).status, 200);
  });
});

describe('audit', () => {
  test('newest first, filtered, paged without gap or repeat', async () => {
    const { admin, world, adminId } = await startWorld();
    await join(admin, 'Ana', 'viewer');
    const all: number[] = [];
    let before = '';
    do {
      const { body } = await admin.send(`GET /api/v1/audit?limit=2${before}`);
      all.push(...body.entries.map((entry: { seq: number }) => entry.seq));
      before = body.next === null ? '' : `&before=${body.next}`;
    } while (before !== '');
    const seqs = (await world.facts()).map((fact) => fact.seq).reverse();
    assert.deepEqual(all, seqs);
    const { entries } = (await admin.send(`GET /api/v1/audit?type=user&actor=user:${adminId}`)).body;
    assert.deepEqual(
      entries.map((entry: { type: string }) => entry.type),
      ['user.grant-added', 'user.created'],
    );
    assert.equal(entries[0].actorName, 'you');
    assert.equal(entries[0].subjectName, 'Ana');
    assert.equal((await admin.send('GET /api/v1/audit?type=session.started')).body.entries.length, 2);
  });

  test('refuses what is no filter', async () => {
    const { admin } = await startWorld();
    for (const query of ['before=0', 'limit=501', 'actor=ana', 'type=DROP', 'more=1']) {
      assert.equal((await admin.send(`GET /api/v1/audit?${query}`)).status, 400, query);
    }
  });

  test('refusals of strangers: counted, one fact a minute, never one each', async () => {
    const { admin, world } = await startWorld();
    const before = (await world.facts()).length;
    for (let count = 0; count < 300; count += 1) {
      await send(world, 'GET /api/v1/people', bearing(`plt_${'0'.repeat(69)}`));
    }
    assert.equal((await world.facts()).length, before);
    assert.equal(await world.access.flushRefusals(world.time.now, false), true);
    await send(world, 'GET /api/v1/people', bearing('nonsense'));
    assert.equal(await world.access.flushRefusals(world.time.now + 1_000, false), false);
    assert.equal(await world.access.flushRefusals(world.time.now + 2_000, true), true);
    assert.equal((await world.facts()).length, before + 2);
    const { refusals } = (await admin.send('GET /api/v1/audit')).body;
    assert.deepEqual(
      refusals.map((window: { counts: unknown }) => window.counts),
      [{ 'token-refused': 1 }, { 'token-refused': 300 }],
    );
  });
});
