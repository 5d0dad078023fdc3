import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hour, minute } from '../../kernel/time.ts';
import { openMemoryJournal } from '../../platform/journal/memory.ts';
import { openMemoryRecords } from '../../platform/records/memory.ts';
import type { Records } from '../../platform/records/records.ts';
import { Browser, join, makeWorld, startWorld } from './testing.ts';
import { userFold } from './user.ts';

/** The program dies at its n-th write to the records, before or after it is done; nothing that follows happens. */
class Crash extends Error {}

function crashingRecords(inner: Records) {
  const plan = { writesLeft: Number.POSITIVE_INFINITY, isAfter: false, hasCrashed: false };
  const write = async <Value>(call: () => Promise<Value>): Promise<Value> => {
    plan.writesLeft -= 1;
    if (plan.hasCrashed || (plan.writesLeft < 0 && !plan.isAfter)) {
      plan.hasCrashed = true;
      throw new Crash();
    }
    const value = await call();
    plan.hasCrashed = plan.writesLeft < 0;
    if (plan.hasCrashed) throw new Crash();
    return value;
  };
  const records: Records = {
    get: (collection, key) => inner.get(collection, key),
    list: (collection) => inner.list(collection),
    put: (...given) => write(() => inner.put(...given)),
    erase: (...given) => write(() => inner.erase(...given)),
    close: () => inner.close(),
  };
  return { records, plan };
}

const collections = ['people', 'emails', 'passwords', 'grants', 'sessions', 'tokens', 'sign-in-links'];
const contents = async (records: Records) => {
  const lists = collections.map(
    async (name) => [name, (await records.list(`access-${name}`)).map(({ key }) => key)] as const,
  );
  return Object.fromEntries(await Promise.all(lists));
};

interface Scenario {
  readonly title: string;
  run(admin: Browser, ana: { id: string; browser: Browser }): Promise<unknown>;
}

const json = { password: 'seven gulls over the quay' };
const scenarios: readonly Scenario[] = [
  {
    title: 'adding a person',
    run: (admin) =>
      admin.send('POST /api/v1/people', { json: { name: 'Ben', email: 'ben@harbour.example', role: 'viewer' } }),
  },
  { title: 'erasing a person', run: (admin, ana) => admin.send(`DELETE /api/v1/people/${ana.id}`) },
  { title: 'disabling a person', run: (admin, ana) => admin.send(`POST /api/v1/people/${ana.id}/disable`) },
  { title: 'a new password', run: (_, ana) => ana.browser.send('PUT /api/v1/session/password', { json }) },
  {
    title: 'a new address',
    run: (_, ana) =>
      ana.browser.send('PUT /api/v1/session/profile', { json: { name: 'Ana Quay', email: 'quay@harbour.example' } }),
  },
  { title: 'signing out', run: (_, ana) => ana.browser.send('DELETE /api/v1/session') },
];

/** The same start for each crash: an admin, and Ana with a session, a password and a token. */
async function startWith(inner: Records) {
  const journal = openMemoryJournal();
  const { records, plan } = crashingRecords(inner);
  const { world, admin } = await startWorld({ journal, records });
  const ana = await join(admin, 'Ana', 'admin');
  await ana.browser.send('PUT /api/v1/session/password', { json: { password: 'five boats in the harbour' } });
  const token = { title: "Ana's laptop", role: 'viewer', scope: { kind: 'all' }, expiresInDays: 9 };
  await ana.browser.send('POST /api/v1/tokens', { json: token });
  return { journal, plan, world, admin, ana };
}

/** Runs a scenario that crashes at a write, starts again, and holds records against facts. @returns false when it got through */
async function crashAt(scenario: Scenario, writes: number, isAfter: boolean): Promise<boolean> {
  const inner = openMemoryRecords();
  const { journal, plan, world, admin, ana } = await startWith(inner);
  Object.assign(plan, { writesLeft: writes, isAfter });
  await scenario
    .run(admin, ana)
    .catch((error: unknown) => assert.ok(error instanceof Crash || error instanceof assert.AssertionError));
  if (!plan.hasCrashed) return false;

  const again = await makeWorld({ journal, records: inner, now: world.time.now + 10 });
  await again.access.reconcile(again.time.now, true);
  const once = await contents(inner);
  assert.deepEqual(await again.access.reconcile(again.time.now, true), [], 'a second run finds nothing');
  assert.deepEqual(await contents(inner), once);
  const states = [...again.ledger.statesOf(userFold)];
  const living = states.flatMap(([subject, state]) => ('details' in state ? [subject.slice(5)] : []));
  assert.deepEqual(once.people, living.sort(), 'a person has a record exactly when the journal knows them');
  const passwords = states.flatMap(([, state]) =>
    'details' in state && state.details.password !== null ? [state.details.password] : [],
  );
  assert.deepEqual(once.passwords, passwords.sort(), 'and a password exactly when the journal names one');
  // Whatever happened, the person can be added, or is there: no address is held by nobody.
  const operator = new Browser(again);
  const first = await again.access.issueAdminLink(again.time.now);
  assert.ok(first?.outcome === 'done' && (await operator.open(first.value.url)).status === 200);
  const people = (await operator.send('GET /api/v1/people')).body.people as { email?: string }[];
  assert.deepEqual(
    once.emails,
    people.flatMap(({ email }) => email ?? []).sort(),
    'addresses are held by those who have them',
  );
  return true;
}

describe('crash between records and journal', () => {
  for (const scenario of scenarios) {
    test(`${scenario.title}: at each write, before and after it, a restart brings both in line`, async () => {
      for (const isAfter of [false, true]) {
        let writes = 0;
        while (await crashAt(scenario, writes, isAfter)) writes += 1;
        assert.ok(writes > 0, 'the scenario writes records');
      }
    });
  }
});

describe('reconciler', () => {
  test('a record that may be on its way is left for a minute', async () => {
    const { world } = await startWorld();
    await world.records.put(
      'access-people',
      'usr_orphan',
      { name: 'Nobody', email: null, writtenAt: world.time.now },
      0,
    );
    assert.deepEqual(await world.access.reconcile(world.time.now + minute - 1, false), []);
    const step = { do: 'erase-record', collection: 'access-people', key: 'usr_orphan' };
    assert.deepEqual(await world.access.reconcile(world.time.now + minute, false), [step]);
    assert.equal(await world.records.get('access-people', 'usr_orphan'), null);
  });

  test('sessions and links that ran out end in facts, once, and leave memory', async () => {
    const { world, admin } = await startWorld();
    await admin.send('POST /api/v1/sign-in-links', { json: {} });
    const before = (await world.facts()).length;
    world.time.now += 12 * hour;
    await world.access.reconcile(world.time.now, false);
    await world.access.reconcile(world.time.now, false);
    const news = (await world.facts()).slice(before).map((fact) => [fact.type, fact.actor]);
    assert.deepEqual(news, [
      ['session.ended', 'system:access'],
      ['sign-in-link.lapsed', 'system:access'],
    ]);
    assert.deepEqual(await world.records.list('access-sessions'), []);
    assert.deepEqual(await world.records.list('access-sign-in-links'), []);
  });

  test('a full disk for records refuses with 507 and leaves no half of a person', async () => {
    const inner = openMemoryRecords();
    let isFull = false;
    const records: Records = {
      ...inner,
      put: async (...given) => (isFull && given[0] === 'access-grants' ? 'no-space' : inner.put(...given)),
    };
    const { world, admin } = await startWorld({ records });
    const before = await contents(inner);
    const factCount = (await world.facts()).length;
    isFull = true;
    const person = { name: 'Ben', email: 'ben@harbour.example', role: 'viewer' };
    const back = await admin.send('POST /api/v1/people', { json: person });
    assert.deepEqual([back.status, back.code], [507, 'no-space']);
    assert.deepEqual(await contents(inner), before);
    assert.equal((await world.facts()).length, factCount);
    isFull = false;
    assert.equal((await admin.send('POST /api/v1/people', { json: person })).status, 201);
  });
});
