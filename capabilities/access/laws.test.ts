import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Actor } from '../../kernel/fact.ts';
import { day, hour } from '../../kernel/time.ts';
import { issueSignInLink } from './links.ts';
import { addPerson, disablePerson, dropGrant, erasePerson, giveGrant } from './people.ts';
import { roles } from './permissions.ts';
import type { GrantScope } from './scope.ts';
import { firstKeeper } from './start.ts';
import { makeWorld, type World } from './testing.ts';
import { dropToken, makeToken } from './tokens.ts';
import { userFold } from './user.ts';

/**
 * Any sequence of commands by anybody, below the routes (so also by those whom no route would let that far): there is always
 * an admin without an end, and whoever is given something can do no more afterwards than they or the giver could before.
 */

const scopes: readonly GrantScope[] = [
  { kind: 'all' },
  { kind: 'team', team: 'crew' },
  { kind: 'service', service: 'checkout' },
  { kind: 'service', service: 'search' },
];
const touched = [{}, { team: 'crew' }, { service: 'checkout' }, { service: 'search' }];
const laterMs = [0, hour, 3 * day, 40 * day];

/** One permission that starts with each role that adds any. */
const asked = ['services.read', 'definitions.apply', 'access.manage'] as const;

/** Some more often than others: power has to be spread before it can be misused. */
const kinds = [
  ...(['add', 'add', 'grant', 'grant', 'grant', 'grant', 'token', 'token', 'link', 'link'] as const),
  ...(['remove', 'disable', 'erase', 'revoke', 'wait'] as const),
] as const;

const step = fc.record({
  do: fc.constantFrom(...kinds),
  by: fc.nat(30),
  to: fc.nat(30),
  role: fc.constantFrom(...roles, 'admin' as const, 'admin' as const),
  scope: fc.constantFrom(...scopes, ...scopes.slice(0, 1)),
  days: fc.option(fc.integer({ min: 1, max: 35 }), { nil: null }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Everything that an actor may do, now and at some later moments, if nothing is granted or taken any more. */
async function reachOf(world: World, actor: Actor): Promise<ReadonlySet<string>> {
  const reach = new Set<string>();
  for (const permission of asked) {
    for (const scope of touched) {
      for (const ms of laterMs) {
        const identity = { actor, by: 'token', credential: 'x' } as const;
        const problem = await world.access.gate.forbids(identity, permission, scope, world.time.now + ms);
        if (problem === null) reach.add(`${permission} ${JSON.stringify(scope)} +${ms}`);
      }
    }
  }
  return reach;
}

const isWithin = (inner: ReadonlySet<string>, ...outer: readonly ReadonlySet<string>[]): boolean =>
  [...inner].every((each) => outer.some((set) => set.has(each)));

const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items[index % Math.max(1, items.length)];

interface Turn {
  readonly world: World;
  /** Everybody so far; a turn adds those whom it makes. */
  readonly actors: Actor[];
  readonly step: Step;
  readonly acting: { readonly actor: Actor; readonly cause: null };
  readonly user: string;
  /** What giver and taker could do before. */
  readonly giver: ReadonlySet<string>;
  readonly taker: ReadonlySet<string>;
}

const turns: Readonly<Record<Step['do'], (turn: Turn) => Promise<void>>> = {
  async add({ world, actors, step, acting, giver }) {
    const asked = { name: 'x', email: null, role: step.role, reason: 'r', now: world.time.now };
    const outcome = await addPerson(world.parts, asked, acting);
    if (outcome.outcome === 'refused') return;
    actors.push(`user:${outcome.value.id}`);
    const reach = await reachOf(world, `user:${outcome.value.id}`);
    assert.ok(isWithin(reach, giver), 'a new person has no more than the giver');
  },
  async grant({ world, step, acting, user, giver, taker }) {
    const { now } = world.time;
    const until = step.days === null ? null : now + step.days * day;
    await giveGrant(world.parts, { user, role: step.role, scope: step.scope, reason: 'r', until, now }, acting);
    const reach = await reachOf(world, `user:${user}`);
    assert.ok(isWithin(reach, giver, taker), 'a grant gives no more than the giver has');
  },
  async token({ world, actors, step, acting, giver }) {
    const asked = {
      title: 't',
      role: step.role,
      scope: step.scope,
      expiresInDays: step.days ?? 1,
      now: world.time.now,
    };
    const outcome = await makeToken(world.parts, asked, acting);
    if (outcome.outcome === 'refused') return;
    actors.push(`token:${outcome.value.id}`);
    assert.ok(isWithin(await reachOf(world, `token:${outcome.value.id}`), giver), 'a token has no more than its maker');
  },
  async link({ world, acting, user, giver, taker }) {
    const outcome = await issueSignInLink(world.parts, { user, now: world.time.now }, acting);
    if (outcome.outcome === 'refused') return;
    assert.ok(isWithin(taker, giver), 'a link leads to no more than its maker has');
  },
  async remove({ world, step, acting, user }) {
    const state = world.ledger.statesOf(userFold).get(`user/${user}`);
    const grant = state !== undefined && 'details' in state ? pick(state.details.grants, step.by) : undefined;
    await dropGrant(world.parts, { user, grant: grant?.id ?? 'grt_none' }, acting);
  },
  async disable({ world, acting, user }) {
    await disablePerson(world.parts, { user, now: world.time.now }, acting);
  },
  async erase({ world, acting, user }) {
    await erasePerson(world.parts, { user, now: world.time.now }, acting);
  },
  async revoke({ world, actors, step, acting }) {
    const tokens = actors.filter((each) => each.startsWith('token:'));
    const token = pick(tokens, step.to)?.slice('token:'.length) ?? 'tok_none';
    await dropToken(world.parts, { token, reason: 'asked' }, acting);
  },
  async wait({ world, step }) {
    world.time.now += (step.days ?? 1) * day;
    await world.access.reconcile(world.time.now, false);
  },
};

/** Does one step as one actor, and holds what it gave against what there was before. */
async function take(world: World, actors: Actor[], step: Step): Promise<void> {
  const actor = pick(actors, step.by) ?? 'system:bootstrap';
  const users = actors.filter((each) => each.startsWith('user:'));
  const user = pick(users, step.to)?.slice('user:'.length) ?? '';
  const [giver, taker] = [await reachOf(world, actor), await reachOf(world, `user:${user}`)];
  await turns[step.do]({ world, actors, step, acting: { actor, cause: null }, user, giver, taker });
}

test('laws: no sequence of commands leaves no admin, or gives anybody more than the giver had', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const world = await makeWorld();
      await world.access.makeFirstAdmin(world.time.now);
      const actors: Actor[] = [`user:${firstKeeper(world.ledger)}`];
      for (const each of steps) {
        await take(world, actors, each);
        assert.notEqual(firstKeeper(world.ledger), null, 'an admin without an end is left');
        const keeper = { actor: `user:${firstKeeper(world.ledger)}`, by: 'session', credential: 'x' } as const;
        const inYears = world.time.now + 3_650 * day;
        assert.equal(
          await world.access.gate.forbids(keeper, 'access.manage', {}, inYears),
          null,
          'and may manage access',
        );
      }
    }),
    { numRuns: Number(process.env.PLIMSOLL_ACCESS_RUNS ?? 30), seed: Number(process.env.PLIMSOLL_ACCESS_SEED ?? 26) },
  );
});

test('laws: power that is taken away at the same moment is not used once more, however the two interleave', async () => {
  for (let turnsLater = -25; turnsLater <= 25; turnsLater += 1) {
    const world = await makeWorld();
    const { parts } = world;
    const { now } = world.time;
    await world.access.makeFirstAdmin(now);
    const boss = { actor: `user:${firstKeeper(world.ledger)}`, cause: null } as const;
    const newcomer = { name: 'x', email: null, role: 'viewer', reason: 'r', now } as const;
    const [ana, ben] = [await addPerson(parts, newcomer, boss), await addPerson(parts, newcomer, boss)];
    assert.ok(ana.outcome === 'done' && ben.outcome === 'done');
    const admin = { role: 'admin', scope: { kind: 'all' }, reason: 'r', until: null, now } as const;
    const grant = await giveGrant(parts, { ...admin, user: ana.value.id }, boss);
    assert.ok(grant.outcome === 'done');

    const acting = { actor: `user:${ana.value.id}`, cause: null } as const;
    const after = async (turns: number, run: () => Promise<unknown>): Promise<void> => {
      for (let turn = 0; turn < turns; turn += 1) await undefined;
      await run();
    };
    const uses = [
      () => giveGrant(parts, { ...admin, user: ben.value.id }, acting),
      () => makeToken(parts, { title: 't', role: 'admin', scope: { kind: 'all' }, expiresInDays: 1, now }, acting),
      () => issueSignInLink(parts, { user: firstKeeper(world.ledger) ?? '', now }, acting),
      () => addPerson(parts, { ...newcomer, role: 'admin' }, acting),
    ];
    await Promise.all([
      ...uses.map((use) => after(-turnsLater, use)),
      after(turnsLater, () => dropGrant(parts, { user: ana.value.id, grant: grant.value }, boss)),
    ]);
    const facts = await world.facts();
    const taken = facts.findIndex((fact) => fact.type === 'user.grant-removed');
    assert.ok(taken > 0);
    assert.deepEqual(
      facts.slice(taken + 1).filter((fact) => fact.actor === acting.actor),
      [],
    );
  }
});
