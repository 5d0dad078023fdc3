import {
  type Actor,
  actorOf,
  addPerson,
  apply,
  createToken,
  disable,
  erase,
  giveLink,
  grantTo,
  revokeToken,
  rootOf,
  signIn,
  signInByLink,
} from './deeds.ts';
import { serviceDocument, teamDocument } from './documents.ts';
import { type ScriptPlace, type Verb, verb } from './script.ts';
import { act, joinedPerson, personOf, programOf, type Stage } from './stage.ts';

const actorIn = (stage: Stage, who: string): Actor => actorOf(stage.town, personOf(stage, who));

const teamOf = (name: string) => teamDocument(name, `#${name}`);

const tokenIn = (stage: Stage, token: string, place: ScriptPlace): Actor => {
  const program = programOf(stage, token, place);
  return {
    person: null,
    isStranger: () => false,
    call: (method, path, body) => stage.town.by(program, method, path, body),
  };
};

const comeAndGo: readonly Verb<Stage>[] = [
  verb('WHO joins as ROLE', (stage: Stage, { WHO, ROLE }) => {
    const person = personOf(stage, WHO);
    act(stage, WHO, async () => {
      await addPerson(stage.town, rootOf(stage.town), person, ROLE);
      return await signInByLink(actorIn(stage, WHO), person);
    });
  }),
  verb('WHO gets a link', (stage: Stage, { WHO }, place) => {
    const person = joinedPerson(stage, WHO, place);
    act(stage, 'root', () => giveLink(stage.town, rootOf(stage.town), person));
  }),
  verb('WHO signs in by link', (stage: Stage, { WHO }) =>
    act(stage, WHO, () => signInByLink(actorIn(stage, WHO), personOf(stage, WHO))),
  ),
  verb('WHO signs in', (stage: Stage, { WHO }) => {
    const person = personOf(stage, WHO);
    act(stage, WHO, () => signIn(actorIn(stage, WHO), person, person.password));
  }),
  verb('WHO guesses a password', (stage: Stage, { WHO }) =>
    act(stage, WHO, () => signIn(actorIn(stage, WHO), personOf(stage, WHO), 'not the password of anybody')),
  ),
  verb('WHO signs out', (stage: Stage, { WHO }) =>
    act(stage, WHO, () => actorIn(stage, WHO).call('DELETE', '/api/v1/session')),
  ),
];

const definitions: readonly Verb<Stage>[] = [
  verb('WHO reads services', (stage: Stage, { WHO }) =>
    act(stage, WHO, () => actorIn(stage, WHO).call('GET', '/api/v1/services')),
  ),
  verb('WHO applies team TEAM', (stage: Stage, { WHO, TEAM }) =>
    act(stage, WHO, () => apply(actorIn(stage, WHO), [teamOf(TEAM)])),
  ),
  verb('WHO applies service SERVICE of TEAM', (stage: Stage, { WHO, SERVICE, TEAM }) =>
    act(stage, WHO, () => apply(actorIn(stage, WHO), [serviceDocument(SERVICE, TEAM, 2)])),
  ),
];

const tokens: readonly Verb<Stage>[] = [
  verb('WHO creates token TOKEN as ROLE for COUNT days', (stage: Stage, { WHO, TOKEN, ROLE, COUNT }) => {
    const asked = { title: TOKEN, role: ROLE, expiresInDays: COUNT };
    act(stage, WHO, () =>
      createToken(stage.town, actorIn(stage, WHO), asked, (program) => stage.programs.set(TOKEN, program)),
    );
  }),
  verb('WHO revokes token TOKEN', (stage: Stage, { WHO, TOKEN }, place) => {
    const program = programOf(stage, TOKEN, place);
    act(stage, WHO, () => revokeToken(actorIn(stage, WHO), program));
  }),
  verb('token TOKEN reads services', (stage: Stage, { TOKEN }, place) => {
    const actor = tokenIn(stage, TOKEN, place);
    act(stage, TOKEN, () => actor.call('GET', '/api/v1/services'));
  }),
  verb('token TOKEN applies team TEAM', (stage: Stage, { TOKEN, TEAM }, place) => {
    const actor = tokenIn(stage, TOKEN, place);
    act(stage, TOKEN, () => apply(actor, [teamOf(TEAM)]));
  }),
];

const power: readonly Verb<Stage>[] = [
  verb('WHO grants OTHER ROLE for DURATION', (stage: Stage, { WHO, OTHER, ROLE, DURATION }, place) => {
    const person = joinedPerson(stage, OTHER, place);
    const until = stage.world.clock.now() + DURATION;
    act(stage, WHO, () => grantTo(actorIn(stage, WHO), person, { role: ROLE, until }));
  }),
  verb('WHO grants OTHER ROLE', (stage: Stage, { WHO, OTHER, ROLE }, place) => {
    const person = joinedPerson(stage, OTHER, place);
    act(stage, WHO, () => grantTo(actorIn(stage, WHO), person, { role: ROLE, until: null }));
  }),
  verb('WHO disables OTHER', (stage: Stage, { WHO, OTHER }, place) => {
    const person = joinedPerson(stage, OTHER, place);
    act(stage, WHO, () => disable(actorIn(stage, WHO), person));
  }),
  verb('WHO erases OTHER', (stage: Stage, { WHO, OTHER }, place) => {
    const person = joinedPerson(stage, OTHER, place);
    act(stage, WHO, () => erase(actorIn(stage, WHO), person));
  }),
];

/** What people and programs do. */
export const peopleVerbs: readonly Verb<Stage>[] = [...comeAndGo, ...definitions, ...tokens, ...power];
