import { LawBroken } from './law-broken.ts';
import { breachesOf } from './laws/index.ts';
import { parseScript, type Step } from './script.ts';
import { createStage, factsOn, type Stage } from './stage.ts';
import { erasedOf } from './town.ts';
import { expectVerbs } from './verbs-expect.ts';
import { machineVerbs } from './verbs-machine.ts';
import { peopleVerbs } from './verbs-people.ts';
import type { History } from './world.ts';

/** The whole language; `README.md` lists it. */
export const verbs = [...peopleVerbs, ...machineVerbs, ...expectVerbs] as const;

const namesIn = (steps: readonly Step<Stage>[]): readonly string[] => [
  ...new Set(steps.flatMap(({ filled }) => [filled.WHO, filled.OTHER]).filter((name) => typeof name === 'string')),
];

/** Plays one line, and lets happen all that happens at its moment. */
async function play(stage: Stage, step: Step<Stage>): Promise<void> {
  const { world } = stage;
  if (step.atMs > world.time.elapsed()) {
    stage.factCountBefore = (await factsOn(stage)).length;
    await world.runUntil(step.atMs);
  }
  await step.verb.run(stage, step.filled, step.place);
  await world.runUntil(step.atMs);
}

async function playAll(stage: Stage, steps: readonly Step<Stage>[]): Promise<void> {
  const { world, town } = stage;
  world.spawn(async () => void (await world.host.start()));
  await world.settle();
  for (const step of steps) await play(stage, step);
  await world.settle();
  const evidence = { ...(await world.host.evidence()), secrets: town.secrets, erased: erasedOf(town) };
  const breaches = breachesOf(evidence);
  if (breaches.length > 0) throw new LawBroken(breaches.join('\n'));
}

/** How a script ended: null for one that holds, a ScriptFault with its place, or a LawBroken. */
export interface ScriptResult {
  readonly failure: Error | null;
  readonly history: History;
}

/**
 * Plays a script on a server that has started, and holds the laws against what is left at its end.
 * @param file its name, for messages
 * @throws ScriptFault naming the place of a sentence that is not understood; nothing was played then
 */
export async function runScript(text: string, file: string): Promise<ScriptResult> {
  const steps = parseScript(text, file, verbs);
  const stage = createStage(file, namesIn(steps));
  try {
    await playAll(stage, steps);
    return { failure: null, history: stage.world.history() };
  } catch (failure) {
    return {
      failure: failure instanceof Error ? failure : new Error(String(failure)),
      history: stage.world.history(),
    };
  }
}
