import type { JsonObject } from '../kernel/json.ts';
import { actorOf, addPerson, rootOf, signInByLink } from './actions.ts';
import { bodyOf, isDone } from './answers.ts';
import { filesOf, serviceDocument, teamDocument } from './documents.ts';
import { type Verb, verb } from './script.ts';
import { act, idOfPerson, personOf, programOf, type Stage } from './stage.ts';

const applyBody = (...documents: readonly JsonObject[]): JsonObject => ({ files: filesOf(documents) });

const applyPath = '/api/v1/definitions/apply';

/** As a person, sends one request. */
const send = (
  stage: Stage,
  who: string,
  ...request: readonly [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: JsonObject]
) => act(stage, who, () => actorOf(stage.town, personOf(stage, who)).call(...request));

/** What people and programs do. */
export const peopleVerbs: readonly Verb<Stage>[] = [
  verb('WHO joins as ROLE', (stage: Stage, { WHO, ROLE }) => {
    const person = personOf(stage, WHO);
    act(stage, WHO, async () => {
      await addPerson(stage.town, rootOf(stage.town), person, ROLE);
      return await signInByLink(actorOf(stage.town, person), person);
    });
  }),
  verb('WHO gets a link', (stage: Stage, { WHO }, place) => {
    const user = idOfPerson(stage, WHO, place);
    act(stage, 'root', async () => {
      const reply = await stage.town.root.call('POST', '/api/v1/sign-in-links', { user });
      if (isDone(reply)) stage.town.welcome(personOf(stage, WHO), bodyOf(reply));
      return reply;
    });
  }),
  verb('WHO signs in by link', (stage: Stage, { WHO }) =>
    send(stage, WHO, 'POST', '/api/v1/session/link', { code: personOf(stage, WHO).codes.at(-1) ?? '' }),
  ),
  verb('WHO signs in', (stage: Stage, { WHO }) => {
    const { email, password } = personOf(stage, WHO);
    send(stage, WHO, 'POST', '/api/v1/session', { email, password });
  }),
  verb('WHO guesses a password', (stage: Stage, { WHO }) => {
    const { email } = personOf(stage, WHO);
    send(stage, WHO, 'POST', '/api/v1/session', { email, password: 'not the password of anybody' });
  }),
  verb('WHO signs out', (stage: Stage, { WHO }) => send(stage, WHO, 'DELETE', '/api/v1/session')),
  verb('WHO reads services', (stage: Stage, { WHO }) => send(stage, WHO, 'GET', '/api/v1/services')),
  verb('WHO applies team TEAM', (stage: Stage, { WHO, TEAM }) =>
    send(stage, WHO, 'POST', applyPath, applyBody(teamDocument(TEAM, `#${TEAM}`))),
  ),
  verb('WHO applies service SERVICE of TEAM', (stage: Stage, { WHO, SERVICE, TEAM }) =>
    send(stage, WHO, 'POST', applyPath, applyBody(serviceDocument(SERVICE, TEAM, 2))),
  ),
  verb('WHO creates token TOKEN as ROLE for COUNT days', (stage: Stage, { WHO, TOKEN, ROLE, COUNT }) => {
    const asked = { title: TOKEN, role: ROLE, scope: { kind: 'all' }, expiresInDays: COUNT };
    act(stage, WHO, async () => {
      const reply = await actorOf(stage.town, personOf(stage, WHO)).call('POST', '/api/v1/tokens', asked);
      if (isDone(reply)) stage.programs.set(TOKEN, stage.town.addProgram(bodyOf(reply)));
      return reply;
    });
  }),
  verb('WHO revokes token TOKEN', (stage: Stage, { WHO, TOKEN }, place) => {
    const program = programOf(stage, TOKEN, place);
    act(stage, WHO, async () => {
      const reply = await actorOf(stage.town, personOf(stage, WHO)).call('DELETE', `/api/v1/tokens/${program.id}`);
      if (isDone(reply)) program.isRevoked = true;
      return reply;
    });
  }),
  verb('token TOKEN reads services', (stage: Stage, { TOKEN }, place) => {
    const program = programOf(stage, TOKEN, place);
    act(stage, TOKEN, () => stage.town.by(program, 'GET', '/api/v1/services'));
  }),
  verb('token TOKEN applies team TEAM', (stage: Stage, { TOKEN, TEAM }, place) => {
    const program = programOf(stage, TOKEN, place);
    act(stage, TOKEN, () => stage.town.by(program, 'POST', applyPath, applyBody(teamDocument(TEAM, `#${TEAM}`))));
  }),
  verb('WHO grants OTHER ROLE for DURATION', (stage: Stage, { WHO, OTHER, ROLE, DURATION }, place) => {
    const until = stage.world.clock.now() + DURATION;
    const asked = { role: ROLE, scope: { kind: 'all' }, reason: 'as the script says', until };
    send(stage, WHO, 'POST', `/api/v1/people/${idOfPerson(stage, OTHER, place)}/grants`, asked);
  }),
  verb('WHO disables OTHER', (stage: Stage, { WHO, OTHER }, place) => {
    const path = `/api/v1/people/${idOfPerson(stage, OTHER, place)}/disable`;
    act(stage, WHO, async () => {
      const reply = await actorOf(stage.town, personOf(stage, WHO)).call('POST', path);
      if (isDone(reply)) personOf(stage, OTHER).isGone = true;
      return reply;
    });
  }),
  verb('WHO erases OTHER', (stage: Stage, { WHO, OTHER }, place) => {
    const path = `/api/v1/people/${idOfPerson(stage, OTHER, place)}`;
    act(stage, WHO, async () => {
      const reply = await actorOf(stage.town, personOf(stage, WHO)).call('DELETE', path);
      if (isDone(reply)) Object.assign(personOf(stage, OTHER), { isGone: true, isErased: true });
      return reply;
    });
  }),
];
