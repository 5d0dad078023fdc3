import type { Subject } from '../kernel/fact.ts';
import { memberOf, textIn } from './answers.ts';
import { documentsInForce } from './laws/definitions-law.ts';
import { faultAt, type ScriptPlace, type Verb, verb } from './script.ts';
import { factsOn, lastStatus, type Stage } from './stage.ts';

const expect = (place: ScriptPlace, expected: number | string, found: number | string): void => {
  if (expected !== found) throw faultAt(place, `expected ${expected}; found ${found}`);
};

/** The team that owns a service in force; a word when there is no such service. */
async function ownerOf(stage: Stage, service: string): Promise<string> {
  const inForce = documentsInForce(await factsOn(stage));
  const document = inForce.get(`definition/Service/${service}` as Subject);
  return document === undefined ? 'no such service' : textIn(memberOf(JSON.parse(document.body), 'spec'), 'owner');
}

/** What a script expects. Facts are read from the disk itself. */
export const expectVerbs: readonly Verb<Stage>[] = [
  verb('expect WHO answered STATUS', (stage: Stage, { WHO, STATUS }, place) =>
    expect(place, STATUS, lastStatus(stage, WHO)),
  ),
  verb('expect WHO unreachable', (stage: Stage, { WHO }, place) =>
    expect(place, 'unreachable', lastStatus(stage, WHO)),
  ),
  verb('expect WHO unanswered', (stage: Stage, { WHO }, place) => expect(place, 'unknown', lastStatus(stage, WHO))),
  verb('expect token TOKEN answered STATUS', (stage: Stage, { TOKEN, STATUS }, place) =>
    expect(place, STATUS, lastStatus(stage, TOKEN)),
  ),
  verb('expect COUNT facts FACT', async (stage: Stage, { COUNT, FACT }, place) => {
    const found = (await factsOn(stage)).filter(({ type }) => type === FACT).length;
    expect(place, COUNT, found);
  }),
  verb('expect quiet', async (stage: Stage, _filled, place) => {
    const added = (await factsOn(stage)).slice(stage.factCountBefore).map(({ type }) => type);
    expect(place, 'no new fact', added.length === 0 ? 'no new fact' : added.join(', '));
  }),
  verb('expect service SERVICE of TEAM', async (stage: Stage, { SERVICE, TEAM }, place) =>
    expect(place, TEAM, await ownerOf(stage, SERVICE)),
  ),
  verb('expect no service SERVICE', async (stage: Stage, { SERVICE }, place) =>
    expect(place, 'no such service', await ownerOf(stage, SERVICE)),
  ),
  verb('expect server up', ({ world }: Stage, _filled, place) =>
    expect(place, 'up', world.host.isUp() ? 'up' : 'down'),
  ),
  verb('expect server down', ({ world }: Stage, _filled, place) =>
    expect(place, 'down', world.host.isUp() ? 'up' : 'down'),
  ),
];
