import type { Fact } from '../kernel/fact.ts';
import { day, hour, type Millis, minute, second } from '../kernel/time.ts';
import { sleep } from '../platform/edge/clock.ts';
import { drawAction } from './actions.ts';
import { bodyOf, listIn, statusOf, textIn } from './answers.ts';
import { bootApp } from './boot-app.ts';
import { type Actor, actorOf, addPerson, grantTo, rootOf, signInByLink } from './deeds.ts';
import { LawBroken } from './law-broken.ts';
import { documentsInForce } from './laws/definitions-law.ts';
import { breachesOf } from './laws/index.ts';
import { goodDisk, goodNetwork, letNatureRun, startUntilUp } from './nature.ts';
import type { Boot } from './server-host.ts';
import type { SimChance } from './sim-chance.ts';
import { createTown, erasedOf, type Town } from './town.ts';
import { createWatcher, type Watcher } from './watcher.ts';
import { createWorld, type History } from './world.ts';

/** How a run ended. The history's hash is the same whenever the same seed is run over the same code. */
export interface RunResult {
  readonly seed: string;
  /** Null when every law was kept. */
  readonly failure: Error | null;
  readonly history: History;
  readonly factCount: number;
  readonly requestCount: number;
}

export interface RunOptions {
  /** What one actor does in a run. */
  readonly actionCount: number;
  /** What goes wrong in a run. */
  readonly faultCount: number;
  /** The server; the whole product, if nothing else is said. */
  readonly boot: Boot;
}

export const runDefaults: RunOptions = { actionCount: 24, faultCount: 6, boot: bootApp };

/** Who is there from the beginning; the others are added on the way. */
const founders = { ana: 'admin', ben: 'admin', cleo: 'maintainer', dina: 'viewer' } as const;
const newcomers = ['emil', 'fenja'] as const;

/** Nothing in a run takes longer, in virtual time, unless it hangs. */
const runMsMax: Millis = day;

/** Half the time all at once, else one thing after another, now and then with a break. */
const pauseMs = (chance: SimChance): number =>
  chance.integer(0, chance.pick([50, 50, 50, 50, 5 * second, 5 * second, 5 * second, 5 * minute]));

/** In calm weather, automation adds the founders, and they sign in by their links; one is admin for a while only. */
async function found(town: Town): Promise<void> {
  town.world.host.setDisk(goodDisk);
  town.world.network.setConditions('*', goodNetwork);
  await startUntilUp(town.world);
  for (const [name, role] of Object.entries(founders)) {
    const person = town.people.find((one) => one.name === name);
    if (person === undefined) continue;
    await addPerson(town, rootOf(town), person, role);
    await signInByLink(actorOf(town, person), person);
    if (role !== 'viewer') continue;
    await grantTo(rootOf(town), person, { role: 'admin', until: town.world.clock.now() + 3 * hour });
  }
}

async function live(town: Town, actors: readonly Actor[], chance: SimChance, actionCount: number): Promise<void> {
  for (let done = 0; done < actionCount; done += 1) {
    await sleep(town.world.clock, pauseMs(chance));
    const actor = chance.pick(actors);
    await drawAction(actor, chance).run(town, actor, chance);
  }
}

/** Everything is put right, and whatever was under way comes to its end. */
async function calmDown({ world }: Town): Promise<void> {
  world.host.setDisk(goodDisk);
  world.network.setConditions('*', goodNetwork);
  await world.host.stop();
  await startUntilUp(world);
  // Long enough for the housekeeping of every minute.
  await sleep(world.clock, 3 * minute);
}

const views = ['/api/v1/people', '/api/v1/definitions', '/api/v1/services', '/api/v1/teams', '/api/v1/tokens'] as const;

async function readViews({ root }: Town): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of views) {
    const reply = await root.call('GET', path);
    if (statusOf(reply) !== 200) throw new LawBroken(`in calm weather, ${path} is answered ${statusOf(reply)}`);
    texts.set(path, JSON.stringify(bodyOf(reply)));
  }
  return texts;
}

/** What was folded as it happened is what is folded anew from the journal. */
async function compareFolds(town: Town): Promise<void> {
  const before = await readViews(town);
  if (town.world.chance.fork('last restart').happens(0.5)) await town.world.host.stop();
  else town.world.host.crash();
  await startUntilUp(town.world);
  const after = await readViews(town);
  for (const [path, text] of before) {
    if (after.get(path) === text) continue;
    throw new LawBroken(`${path} differs after a restart: ${text} became ${after.get(path)}`);
  }
}

/** What the server says is in force is what the facts say. */
async function compareDefinitions({ root }: Town, facts: readonly Fact[]): Promise<void> {
  const reply = await root.call('GET', '/api/v1/definitions');
  const shown = listIn(bodyOf(reply), 'documents').map(
    (one) => `definition/${textIn(one, 'kind')}/${textIn(one, 'name')}`,
  );
  const told = [...documentsInForce(facts).keys()];
  const [left, right] = [shown, told].map((names) => names.toSorted().join(', '));
  if (left !== right) throw new LawBroken(`in force are ${left}; the facts tell of ${right}`);
}

async function holdLaws(town: Town, watcher: Watcher): Promise<Pick<RunResult, 'factCount' | 'requestCount'>> {
  const { host, clock } = town.world;
  // Within this the watcher comes back, and sees what is left to see.
  await sleep(clock, minute);
  watcher.end();
  const evidence = { ...(await host.evidence()), secrets: town.secrets, erased: erasedOf(town) };
  const breaches = [...breachesOf(evidence), ...watcher.breachesOf(evidence.facts)];
  if (breaches.length > 0) throw new LawBroken(breaches.join('\n'));
  await compareDefinitions(town, evidence.facts);
  return { factCount: evidence.facts.length, requestCount: evidence.requests.size };
}

/** Everybody does what they do, while nature does what it does. */
async function pass(town: Town, { actionCount, faultCount }: RunOptions): Promise<void> {
  const { world } = town;
  const { chance } = world;
  const crowd = [
    live(town, [rootOf(town)], chance.fork('root'), actionCount),
    ...town.people.map((person) => {
      const actors = person.browsers.map((browser) => actorOf(town, person, browser));
      return live(town, actors, chance.fork(person.name), actionCount);
    }),
    letNatureRun(world, chance.fork('nature'), faultCount),
  ];
  await Promise.all(crowd);
}

/** Runs one seed to its end: a town of people and programs over the whole product, while things go wrong. */
export async function runSeed(seed: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
  const whole = { ...runDefaults, ...options };
  const world = createWorld({ seed, boot: whole.boot });
  const town = createTown(world, [...Object.keys(founders), ...newcomers]);
  const watcher = createWatcher(world);
  const result = { seed, failure: null as Error | null, factCount: 0, requestCount: 0 };
  world.accompany(() => watcher.watch());
  world.spawn(async () => {
    await found(town);
    await pass(town, whole);
    await calmDown(town);
    await compareFolds(town);
    Object.assign(result, await holdLaws(town, watcher));
  });
  try {
    await world.settle(runMsMax);
  } catch (failure) {
    result.failure = failure instanceof Error ? failure : new Error(String(failure));
    world.note(`broken: ${result.failure.message}`);
  }
  return { ...result, history: world.history() };
}
