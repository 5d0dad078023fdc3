import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessFactTypes } from './facts.ts';
import { Browser, bearing, bootstrapToken, codeOf, send, startWorld } from './testing.ts';

test('journal hygiene: a whole life of an installation leaves no name, address, reason, title or secret in any fact', async () => {
  const { world, admin } = await startWorld();
  const said: string[] = [bootstrapToken];
  const say = (text: string): string => {
    said.push(text);
    return text;
  };
  const secrets = (browser: Browser): void => {
    said.push(browser.cookie, ...browser.cookie.split('.').slice(1), browser.csrfToken);
  };
  secrets(admin);
  await admin.send('PUT /api/v1/session/profile', {
    json: { name: say('Ines Anchor'), email: say('ines@harbour.example') },
  });
  const person = {
    name: say('Ana Quay'),
    email: say('ana.quay@harbour.example'),
    role: 'viewer',
    reason: say('joined the crew'),
  };
  const added = (await admin.send('POST /api/v1/people', { json: person })).body;
  say(codeOf(added.signInLink).split('.')[1] ?? 'no code');
  const ana = new Browser(world);
  await ana.open(added.signInLink);
  secrets(ana);
  const password = say('seven gulls over the quay');
  await ana.send('PUT /api/v1/session/password', { json: { password } });
  secrets(ana);
  const wrong = { email: say('stranger@elsewhere.example'), password: say('guessing about the quay') };
  await send(world, 'POST /api/v1/session', { json: wrong, address: say('203.0.113.77') });
  await new Browser(world).send('POST /api/v1/session', { json: { email: person.email, password } });
  const grant = { role: 'admin', scope: { kind: 'team', team: 'crew' }, reason: say('covers for Ben Wharf in July') };
  await admin.send(`POST /api/v1/people/${added.id}/grants`, { json: grant });
  const token = { title: say("Ana Quay's laptop"), role: 'viewer', scope: { kind: 'all' }, expiresInDays: 5 };
  const made = (await admin.send('POST /api/v1/tokens', { json: token })).body;
  say(made.secret.slice(30));
  await send(world, 'GET /api/v1/people', bearing(made.secret));
  await send(world, 'GET /api/v1/people', bearing(say('plt_not-a-token-of-ours')));
  await admin.send(`DELETE /api/v1/tokens/${made.id}`);
  await admin.send('POST /api/v1/sign-in-links', { json: { user: added.id } });
  world.time.now += 20 * 60_000;
  await ana.send('GET /api/v1/session');
  secrets(ana);
  await admin.send(`POST /api/v1/people/${added.id}/disable`);
  await admin.send(`DELETE /api/v1/people/${added.id}`);
  await world.access.flushRefusals(world.time.now, true);
  await world.access.reconcile(world.time.now, false);

  const facts = await world.facts();
  const text = JSON.stringify(facts).toLowerCase();
  for (const each of said) assert.ok(each !== '' && !text.includes(each.toLowerCase()), `a fact holds "${each}"`);
  assert.ok(!text.includes('@') && !text.includes('argon2'));
  const [seen, left] = [new Set(facts.map((fact) => fact.type)), ['user.grant-removed']];
  assert.deepEqual(
    accessFactTypes.filter((type) => !seen.has(type)),
    left,
    'the scenario meets every type but these',
  );
  // The scenario would prove nothing if the words had gone nowhere at all.
  assert.equal((await admin.send('GET /api/v1/session')).body.user.name, 'Ines Anchor');
});
