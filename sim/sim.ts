import { hour, minute, second } from '../kernel/time.ts';
import { sleep } from '../platform/edge/clock.ts';
import { type Actor, actorOf, addPerson, drawAction, rootOf, signInByLink } from './actions.ts';
import { bodyOf, listIn, statusOf, textIn } from './answers.ts';
import { bootApp } from './boot-app.ts';
import { LawBroken } from './law-broken.ts';
import { breachesOf } from './laws/index.ts';
import { goodDisk, goodNetwork, letNatureRun, startUntilUp } from './nature.ts';
import type { Boot } from './server-host.ts';
import type { SimChance } from './sim-chance.ts';
import { createTown, erasedOf, type Town } from './town.ts';
import { createWorld, type History, type World } from './world.ts';

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

/** Half the time all at once, else one thing after another, now and then with a break. */
const pauseMs = (chance: SimChance): number =>
  chance.integer(0, chance.pick([50, 50, 50, 50, 5 * second, 5 * second, 5 * second, 5 * minute]));

/** In calm weather, automation adds the founders, and they sign in by their links. */
async function found(town: Town): Promise<void> {
  town.world.host.setDisk(goodDisk);
  town.world.network.setConditions('*', goodNetwork);
  await startUntilUp(town.world);
  for (const [name, role] of Object.entries(founders)) {
    const person = town.people.find((one) => one.name === name);
    if (person === undefined) continue;
    await addPerson(town, rootOf(town), person, role);
    await signInByLink(actorOf(town, person), person);
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

async function holdLaws(town: Town): Promise<{ factCount: number; requestCount: number }> {
  const { host } = town.world;
  const evidence = { ...(await host.evidence()), secrets: town.secrets, erased: erasedOf(town) };
  const breaches = breachesOf(evidence);
  if (breaches.length > 0) throw new LawBroken(breaches.join('\n'));
  const reply = await town.root.call('GET', '/api/v1/definitions');
  const shown = listIn(bodyOf(reply), 'documents').map(
    (one) => `definition/${textIn(one, 'kind')}/${textIn(one, 'name')}`,
  );
  town.world.note(`in force: ${shown.join(' ')}`);
  return { factCount: evidence.facts.length, requestCount: evidence.requests.size };
}

async function drive(world: World, town: Town, { actionCount, faultCount }: RunOptions): Promise<void> {
  const { chance } = world;
  world.spawn(() => found(town));
  await world.settle();
  world.spawn(() => live(town, [rootOf(town)], chance.fork('root'), actionCount));
  for (const person of town.people) {
    const actors = person.browsers.map((browser) => actorOf(town, person, browser));
    world.spawn(() => live(town, actors, chance.fork(person.name), actionCount));
  }
  world.spawn(() => letNatureRun(world, chance.fork('nature'), faultCount));
  await world.settle(24 * hour);
  world.spawn(() => calmDown(town));
  await world.settle();
  world.spawn(() => compareFolds(town));
  await world.settle();
}

/** Runs one seed to its end: a town of people and programs over the whole product, while things go wrong. */
export async function runSeed(seed: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
  const whole = { ...runDefaults, ...options };
  const world = createWorld({ seed, boot: whole.boot });
  const town = createTown(world, [...Object.keys(founders), ...newcomers]);
  const counts = { factCount: 0, requestCount: 0 };
  try {
    await drive(world, town, whole);
    world.spawn(async () => void Object.assign(counts, await holdLaws(town)));
    await world.settle();
    return { seed, failure: null, history: world.history(), ...counts };
  } catch (failure) {
    const error = failure instanceof Error ? failure : new Error(String(failure));
    world.note(`broken: ${error.message}`);
    return { seed, failure: error, history: world.history(), ...counts };
  }
}
