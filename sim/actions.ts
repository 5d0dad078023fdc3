import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { minute } from '../kernel/time.ts';
import type { Method } from '../platform/http/route.ts';
import { bodyOf, isDone, listIn, memberOf, textIn } from './answers.ts';
import { createClient } from './client.ts';
import {
  type Actor,
  actorOf,
  addPerson,
  apply,
  createToken,
  disable,
  erase,
  type Granted,
  giveLink,
  grantTo,
  revokeToken,
  signIn,
  signInByLink,
} from './deeds.ts';
import { serviceDocument, teamDocument } from './documents.ts';
import { LawBroken } from './law-broken.ts';
import { roleOrder } from './laws/power-model.ts';
import type { SimChance } from './sim-chance.ts';
import type { Person, Town } from './town.ts';

/** Something that an actor does at random, with how often it is drawn. */
export interface Action {
  readonly weight: number;
  run(town: Town, actor: Actor, chance: SimChance): Promise<unknown>;
}

type Run = Action['run'];

const teams = ['harbour', 'signals', 'pilots'] as const;
const services = ['checkout', 'payments', 'search', 'mail', 'stock'] as const;

/** Documents as people write them: mostly right, sometimes naming a team that nobody has declared. */
function someDocuments(chance: SimChance): readonly JsonObject[] {
  const owner = chance.pick(teams);
  const written = Array.from({ length: chance.integer(1, 3) }, () =>
    serviceDocument(chance.pick(services), owner, chance.integer(1, 4)),
  );
  // The same name twice would be a fault of its own; the last one counts.
  const byName = new Map(written.map((document) => [textIn(memberOf(document, 'metadata'), 'name'), document]));
  const teamOfThem = chance.happens(0.7) ? [teamDocument(owner, `#${owner}-${chance.integer(1, 2)}`)] : [];
  return [...teamOfThem, ...byName.values()];
}

/** Somebody who has been added; null while nobody has. */
function someone({ people }: Town, chance: SimChance): Person | null {
  const added = people.filter(({ id }) => id !== null);
  return added.length === 0 ? null : chance.pick(added);
}

const someGrant = ({ world }: Town, chance: SimChance): Granted => ({
  role: chance.pick(roleOrder),
  until: chance.happens(0.5) ? world.clock.now() + chance.integer(1, 90) * minute : null,
});

const someToken = (chance: SimChance) => ({
  title: 'pipeline',
  role: chance.pick(roleOrder),
  expiresInDays: chance.integer(1, 3),
});

/** Something that is done to somebody who has been added. */
const toSomeone =
  (run: (town: Town, actor: Actor, person: Person, chance: SimChance) => Promise<unknown>): Run =>
  async (town, actor, chance) => {
    const person = someone(town, chance);
    if (person !== null) await run(town, actor, person, chance);
  };

const addSomebody: Run = async (town, actor, chance) => {
  const person = town.people.find(({ id }) => id === null);
  if (person !== undefined) await addPerson(town, actor, person, chance.pick(roleOrder));
};

const signInSomehow: Run = async (_town, actor, chance) => {
  const { person } = actor;
  if (person === null) return;
  if (person.codes.length > 0 && chance.happens(0.3)) await signInByLink(actor, person);
  else if (chance.happens(0.9)) await signIn(actor, person, person.password);
  else if (isDone(await signIn(actor, person, 'not the password of anybody'))) {
    throw new LawBroken(`a wrong password signed ${person.name} in`);
  }
};

/** Some change their password now and then; it stays the same here, and is a new one to the server. */
const changePassword: Run = async (_town, actor) => {
  const password = actor.person?.password;
  if (password === undefined) return;
  await actor.call('PUT', '/api/v1/session/password', { password, currentPassword: password });
};

const applySome: Run = async (_town, actor, chance) => {
  const documents = someDocuments(chance);
  const prune = chance.happens(0.1);
  await apply(actor, documents, prune);
  // Applied again at once, as a pipeline that runs twice does: the law says that it changes nothing.
  if (chance.happens(0.3)) await apply(actor, documents, prune);
};

const applyFaulty: Run = async (_town, actor, chance) => {
  const faulty = { ...serviceDocument(chance.pick(services), 'nobody', 1), kind: chance.pick(['Service', 'Servce']) };
  await apply(actor, [...someDocuments(chance), faulty]);
};

const revokeSome: Run = async ({ programs }, actor, chance) => {
  if (programs.length > 0) await revokeToken(actor, chance.pick(programs));
};

const useToken: Run = async (town, _actor, chance) => {
  if (town.programs.length === 0) return;
  const program = chance.pick(town.programs);
  if (chance.happens(0.5)) return await town.by(program, 'GET', '/api/v1/services');
  const call: Actor['call'] = (method, path, body) => town.by(program, method, path, body);
  await apply({ person: null, isStranger: () => false, call }, someDocuments(chance));
};

const removeGrant: Run = async (_town, actor, chance) => {
  const reply = await actor.call('GET', '/api/v1/people');
  const grants = listIn(bodyOf(reply), 'people').flatMap((person) =>
    listIn(person, 'grants').map((held) => ({ user: textIn(person, 'id'), id: textIn(held, 'id') })),
  );
  if (grants.length === 0) return;
  const { user, id } = chance.pick(grants);
  await actor.call('DELETE', `/api/v1/people/${user}/grants/${id}`);
};

/** Two people at once: one takes the other's power, who does the same, or hands it on in that very moment. */
const quarrel: Run = async (town, _actor, chance) => {
  const [left, right] = [someone(town, chance), someone(town, chance)];
  const third = someone(town, chance);
  if (left === null || right === null || third === null || left === right) return;
  const [one, other] = [actorOf(town, left), actorOf(town, right)];
  const answer = chance.pick<() => Promise<unknown>>([
    () => disable(other, left),
    () => grantTo(other, third, someGrant(town, chance)),
    () => createToken(town, other, someToken(chance)),
    () => giveLink(town, other, third),
  ]);
  await Promise.all([disable(one, right), answer()]);
};

/** Somebody tries a cookie that is over. */
const useOldCookie: Run = async ({ world, overCookies }, _actor, chance) => {
  if (overCookies.length === 0) return;
  const cookie = chance.pick(overCookies);
  const thief = createClient({ world, name: 'thief', token: null, address: '10.9.0.1', cookie });
  if (isDone(await thief.call('GET', '/api/v1/session'))) throw new LawBroken('a session that was over was used again');
};

const pages = [
  '/api/v1/session',
  '/api/v1/services',
  '/api/v1/teams',
  '/api/v1/people',
  '/api/v1/tokens',
  '/api/v1/definitions',
  '/api/v1/audit?limit=20',
  '/api/v1/journal?limit=20',
  '/readyz',
] as const;

/** What scanners and broken programs send. */
const nonsense: Run = async (_town, actor, chance) => {
  const sent = chance.pick<readonly [Method, string, JsonValue]>([
    ['POST', '/api/v1/people', { name: 7 }],
    ['POST', '/api/v1/tokens', { title: 'x', role: 'emperor' }],
    ['POST', '/api/v1/definitions/apply', { files: [{ path: '../x.yaml', text: '' }] }],
    ['DELETE', '/api/v1/tokens/tok_00000000000000000000000000', null],
    ['PUT', '/wp-login.php', { log: 'admin' }],
  ]);
  await actor.call(...sent);
};

const signInAction: Action = { weight: 12, run: signInSomehow };

/** Everything that happens in a town. Automation does it all; people do as far as they may, and are refused the rest. */
const actions: readonly Action[] = [
  signInAction,
  { weight: 2, run: changePassword },
  { weight: 2, run: (_town, actor) => actor.call('DELETE', '/api/v1/session') },
  { weight: 2, run: useOldCookie },
  { weight: 3, run: addSomebody },
  { weight: 3, run: toSomeone(giveLink) },
  { weight: 5, run: toSomeone((town, actor, person, chance) => grantTo(actor, person, someGrant(town, chance))) },
  { weight: 2, run: removeGrant },
  { weight: 1, run: toSomeone((_town, actor, person) => disable(actor, person)) },
  { weight: 1, run: toSomeone((_town, actor, person) => erase(actor, person)) },
  { weight: 2, run: quarrel },
  { weight: 4, run: (town, actor, chance) => createToken(town, actor, someToken(chance)) },
  { weight: 3, run: revokeSome },
  { weight: 6, run: useToken },
  { weight: 10, run: applySome },
  { weight: 2, run: applyFaulty },
  { weight: 10, run: (_town, actor, chance) => actor.call('GET', chance.pick(pages)) },
  { weight: 3, run: nonsense },
];

const totalWeight = actions.reduce((sum, { weight }) => sum + weight, 0);

/** Draws an action by weight. Who has no session mostly signs in first. */
export function drawAction(actor: Actor, chance: SimChance): Action {
  if (actor.isStranger() && chance.happens(0.6)) return signInAction;
  let place = chance.integer(1, totalWeight);
  for (const action of actions) {
    place -= action.weight;
    if (place <= 0) return action;
  }
  return signInAction;
}
