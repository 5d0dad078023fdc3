import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { minute } from '../kernel/time.ts';
import type { Method } from '../platform/http/route.ts';
import { bodyOf, isDone, listIn, memberOf, textIn } from './answers.ts';
import { createClient, type Reply } from './client.ts';
import { filesOf, serviceDocument, teamDocument } from './documents.ts';
import { LawBroken } from './law-broken.ts';
import { roleOrder } from './laws/power-model.ts';
import type { SimChance } from './sim-chance.ts';
import type { Browser, Person, Town } from './town.ts';

/** Whoever acts: a person in their browser, or automation. */
export interface Actor {
  readonly person: Person | null;
  /** True when there is no session and no token to send. */
  isStranger(): boolean;
  call(method: Method, path: string, body?: JsonValue): Promise<Reply>;
}

/** A person in one of their browsers; at the desk, if nothing else is said. */
export const actorOf = (town: Town, person: Person, browser: Browser = person.browsers[0]): Actor => ({
  person,
  isStranger: () => browser.client.cookie() === null,
  call: (method, path, body) => town.as(person, browser, method, path, body),
});

/** Automation with the bootstrap token. */
export const rootOf = ({ root }: Town): Actor => ({ person: null, isStranger: () => false, call: root.call });

/** Something that an actor does, with how often it is drawn. */
export interface Action {
  readonly name: string;
  readonly weight: number;
  run(town: Town, actor: Actor, chance: SimChance): Promise<void>;
}

const teams = ['harbour', 'signals', 'pilots'] as const;
const services = ['checkout', 'payments', 'search', 'mail', 'stock'] as const;

/** Documents as people write them: mostly right, sometimes naming a team that nobody has declared. */
const someDocuments = (chance: SimChance): readonly JsonObject[] => {
  const owner = chance.pick(teams);
  const count = chance.integer(1, 3);
  const declared = Array.from({ length: count }, () =>
    serviceDocument(chance.pick(services), owner, chance.integer(1, 4)),
  );
  // The same name twice would be a fault of its own; the last one counts.
  const byName = new Map(declared.map((document) => [textIn(memberOf(document, 'metadata'), 'name'), document]));
  const teamOfThem = chance.happens(0.7) ? [teamDocument(owner, `#${owner}-${chance.integer(1, 2)}`)] : [];
  return [...teamOfThem, ...byName.values()];
};

const someone = (town: Town, chance: SimChance): Person => chance.pick(town.people);

/** Adds a person with a first role; they get a link to sign in by. */
export async function addPerson(town: Town, actor: Actor, person: Person, role: string): Promise<void> {
  const reply = await actor.call('POST', '/api/v1/people', { name: person.name, email: person.email, role });
  if (isDone(reply)) town.welcome(person, bodyOf(reply));
}

const addSomebody: Action['run'] = async (town, actor, chance) => {
  const person = town.people.find(({ id }) => id === null);
  if (person !== undefined) await addPerson(town, actor, person, chance.pick(roleOrder));
};

const issueLink: Action['run'] = async (town, actor, chance) => {
  const person = someone(town, chance);
  if (person.id === null) return;
  const reply = await actor.call('POST', '/api/v1/sign-in-links', { user: person.id });
  if (isDone(reply)) town.welcome(person, bodyOf(reply));
};

/** Some change their password now and then; it stays the same here, and is a new one to the server. */
const changePassword: Action['run'] = async (_town, actor) => {
  const { person } = actor;
  if (person === null) return;
  const { password } = person;
  await actor.call('PUT', '/api/v1/session/password', { password, currentPassword: password });
};

/** Signs in by the newest link that a person holds, and sets a password, which no longer needs a link. */
export async function signInByLink(actor: Actor, person: Person): Promise<Reply> {
  const reply = await actor.call('POST', '/api/v1/session/link', { code: person.codes.at(-1) ?? '' });
  if (!isDone(reply)) return reply;
  return await actor.call('PUT', '/api/v1/session/password', { password: person.password });
}

const signIn: Action['run'] = async (_town, actor, chance) => {
  const { person } = actor;
  if (person === null) return;
  if (person.codes.length > 0 && chance.happens(0.3)) return void (await signInByLink(actor, person));
  const { email } = person;
  if (chance.happens(0.9))
    return void (await actor.call('POST', '/api/v1/session', { email, password: person.password }));
  const guess = await actor.call('POST', '/api/v1/session', { email, password: 'not the password of anybody' });
  if (isDone(guess)) throw new LawBroken(`a wrong password signed ${person.name} in`);
};

const apply: Action['run'] = async (_town, actor, chance) => {
  const files = filesOf(someDocuments(chance));
  const prune = chance.happens(0.1);
  await actor.call('POST', '/api/v1/definitions/apply', { files, prune });
  // Applied again at once, as a pipeline that runs twice does: the law says that it changes nothing.
  if (chance.happens(0.3)) await actor.call('POST', '/api/v1/definitions/apply', { files, prune });
};

const applyFaulty: Action['run'] = async (_town, actor, chance) => {
  const faulty = { ...serviceDocument(chance.pick(services), 'nobody', 1), kind: chance.pick(['Service', 'Servce']) };
  await actor.call('POST', '/api/v1/definitions/apply', { files: filesOf([...someDocuments(chance), faulty]) });
};

const createToken: Action['run'] = async (town, actor, chance) => {
  const asked = {
    title: 'pipeline',
    role: chance.pick(roleOrder),
    scope: { kind: 'all' },
    expiresInDays: chance.integer(1, 3),
  };
  const reply = await actor.call('POST', '/api/v1/tokens', asked);
  if (isDone(reply)) town.addProgram(bodyOf(reply));
};

const revokeToken: Action['run'] = async (town, actor, chance) => {
  if (town.programs.length === 0) return;
  const program = chance.pick(town.programs);
  const reply = await actor.call('DELETE', `/api/v1/tokens/${program.id}`);
  if (isDone(reply)) program.isRevoked = true;
};

const useToken: Action['run'] = async (town, _actor, chance) => {
  if (town.programs.length === 0) return;
  const program = chance.pick(town.programs);
  if (chance.happens(0.5)) await town.by(program, 'GET', '/api/v1/services');
  else await town.by(program, 'POST', '/api/v1/definitions/apply', { files: filesOf(someDocuments(chance)) });
};

const grant: Action['run'] = async (town, actor, chance) => {
  const person = someone(town, chance);
  if (person.id === null) return;
  const until = chance.happens(0.5) ? town.world.clock.now() + chance.integer(1, 90) * minute : null;
  const asked = { role: chance.pick(roleOrder), scope: { kind: 'all' }, reason: 'covers this week', until };
  await actor.call('POST', `/api/v1/people/${person.id}/grants`, asked);
};

const removeGrant: Action['run'] = async (_town, actor, chance) => {
  const reply = await actor.call('GET', '/api/v1/people');
  const grants = listIn(bodyOf(reply), 'people').flatMap((person) =>
    listIn(person, 'grants').map((held) => ({ user: textIn(person, 'id'), id: textIn(held, 'id') })),
  );
  if (grants.length === 0) return;
  const { user, id } = chance.pick(grants);
  await actor.call('DELETE', `/api/v1/people/${user}/grants/${id}`);
};

const disable: Action['run'] = async (town, actor, chance) => {
  const person = someone(town, chance);
  if (person.id === null) return;
  const reply = await actor.call('POST', `/api/v1/people/${person.id}/disable`);
  if (isDone(reply)) person.isGone = true;
};

const erase: Action['run'] = async (town, actor, chance) => {
  const person = someone(town, chance);
  if (person.id === null) return;
  const reply = await actor.call('DELETE', `/api/v1/people/${person.id}`);
  if (!isDone(reply)) return;
  person.isGone = true;
  person.isErased = true;
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

/** Somebody tries a cookie that is over. */
const useOldCookie: Action['run'] = async ({ world, overCookies }, _actor, chance) => {
  if (overCookies.length === 0) return;
  const thief = createClient({
    world,
    name: 'thief',
    token: null,
    address: '10.9.0.1',
    cookie: chance.pick(overCookies),
  });
  if (isDone(await thief.call('GET', '/api/v1/session'))) throw new LawBroken('a session that was over was used again');
};

const read: Action['run'] = async (_town, actor, chance) => {
  await actor.call('GET', chance.pick(pages));
};

/** What scanners and broken programs send. */
const nonsense: Action['run'] = async (_town, actor, chance) => {
  const sent = chance.pick<readonly [Method, string, JsonValue]>([
    ['POST', '/api/v1/people', { name: 7 }],
    ['POST', '/api/v1/tokens', { title: 'x', role: 'emperor' }],
    ['POST', '/api/v1/definitions/apply', { files: [{ path: '../x.yaml', text: '' }] }],
    ['DELETE', '/api/v1/tokens/tok_00000000000000000000000000', null],
    ['PUT', '/wp-login.php', { __proto__: null, log: 'admin' }],
  ]);
  await actor.call(...sent);
};

/** Everything that happens in a town. Automation does it all; people do as far as they may, and are refused the rest. */
export const actions: readonly Action[] = [
  { name: 'add somebody', weight: 6, run: addSomebody },
  { name: 'issue a link', weight: 3, run: issueLink },
  { name: 'sign in', weight: 12, run: signIn },
  { name: 'change the password', weight: 2, run: changePassword },
  { name: 'sign out', weight: 2, run: async (_town, actor) => void (await actor.call('DELETE', '/api/v1/session')) },
  { name: 'apply', weight: 10, run: apply },
  { name: 'apply something faulty', weight: 2, run: applyFaulty },
  { name: 'create a token', weight: 3, run: createToken },
  { name: 'revoke a token', weight: 3, run: revokeToken },
  { name: 'use a token', weight: 6, run: useToken },
  { name: 'grant', weight: 3, run: grant },
  { name: 'remove a grant', weight: 2, run: removeGrant },
  { name: 'disable', weight: 1, run: disable },
  { name: 'erase', weight: 1, run: erase },
  { name: 'use an old cookie', weight: 2, run: useOldCookie },
  { name: 'read', weight: 12, run: read },
  { name: 'nonsense', weight: 3, run: nonsense },
];

/** Draws an action by weight. Who has no session mostly signs in first. */
export function drawAction(actor: Actor, chance: SimChance): Action {
  if (actor.isStranger() && chance.happens(0.6)) return { name: 'sign in', weight: 1, run: signIn };
  const total = actions.reduce((sum, { weight }) => sum + weight, 0);
  let place = chance.integer(1, total);
  for (const action of actions) {
    place -= action.weight;
    if (place <= 0) return action;
  }
  return chance.pick(actions);
}
