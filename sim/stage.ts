import type { Fact } from '../kernel/fact.ts';
import { statusOf } from './answers.ts';
import { bootApp } from './boot-app.ts';
import type { Reply } from './client.ts';
import { faultAt, type ScriptPlace } from './script.ts';
import { createTown, type Person, type Program, type Town } from './town.ts';
import { createWorld, type World } from './world.ts';

/** Where a script plays: a world with one town, whose network and disk behave until the script says otherwise. */
export interface Stage {
  readonly world: World;
  readonly town: Town;
  /** The last answer to each person or token; none while it is on its way. */
  readonly replies: Map<string, Reply>;
  /** Tokens by the name that the script gives them. */
  readonly programs: Map<string, Program>;
  /** How many facts there were before the moment that is played now. */
  factCountBefore: number;
}

export function createStage(seed: string, names: readonly string[]): Stage {
  const world = createWorld({ seed, boot: bootApp });
  return { world, town: createTown(world, names), replies: new Map(), programs: new Map(), factCountBefore: 0 };
}

/** Has somebody do something; the answer is kept for expectations when it comes. */
export function act(stage: Stage, name: string, work: () => Promise<Reply>): void {
  stage.replies.delete(name);
  stage.world.spawn(async () => {
    const reply = await work();
    stage.replies.set(name, reply);
  });
}

export const factsOn = async (stage: Stage): Promise<readonly Fact[]> => (await stage.world.host.evidence()).facts;

/** What came back to somebody last, in a word. */
export const lastStatus = (stage: Stage, name: string): number | string => {
  const reply = stage.replies.get(name);
  return reply === undefined ? 'nothing yet' : statusOf(reply);
};

export function personOf({ town }: Stage, name: string): Person {
  const person = town.people.find((one) => one.name === name);
  if (person === undefined) throw new Error(`${name} is in the script and not in the town`);
  return person;
}

/** A person who is known to the server. @throws ScriptFault when they have not joined */
export function joinedPerson(stage: Stage, name: string, place: ScriptPlace): Person {
  const person = personOf(stage, name);
  if (person.id !== null) return person;
  throw faultAt(place, `expected somebody who has joined; found "${name}". Write "${name} joins as viewer" before.`);
}

/** A token by the script's name. @throws ScriptFault when nobody has made it */
export function programOf({ programs }: Stage, token: string, place: ScriptPlace): Program {
  const program = programs.get(token);
  if (program === undefined) throw faultAt(place, `expected a token that somebody has made; found "${token}"`);
  return program;
}
