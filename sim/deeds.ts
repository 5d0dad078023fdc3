import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { Millis } from '../kernel/time.ts';
import type { Method } from '../platform/http/route.ts';
import { bodyOf, isDone } from './answers.ts';
import type { Reply } from './client.ts';
import { filesOf } from './documents.ts';
import type { Browser, Person, Program, Town } from './town.ts';

/** What people and automation do, each as one request or two; what they learn of the answer goes into the town. */

/** Whoever acts: a person in a browser, or automation. */
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

/** Adds a person with a first role; they get a link to sign in by. */
export async function addPerson(town: Town, actor: Actor, person: Person, role: string): Promise<Reply> {
  const reply = await actor.call('POST', '/api/v1/people', { name: person.name, email: person.email, role });
  if (isDone(reply)) town.welcome(person, bodyOf(reply));
  return reply;
}

/** Makes another link for a person who is known. */
export async function giveLink(town: Town, actor: Actor, person: Person): Promise<Reply> {
  const reply = await actor.call('POST', '/api/v1/sign-in-links', { user: person.id });
  if (isDone(reply)) town.welcome(person, bodyOf(reply));
  return reply;
}

/** Signs in by the newest link that a person holds, and sets a password, which no longer needs a link. */
export async function signInByLink(actor: Actor, person: Person): Promise<Reply> {
  const reply = await actor.call('POST', '/api/v1/session/link', { code: person.codes.at(-1) ?? '' });
  if (!isDone(reply)) return reply;
  return await actor.call('PUT', '/api/v1/session/password', { password: person.password });
}

export const signIn = (actor: Actor, { email }: Person, password: string): Promise<Reply> =>
  actor.call('POST', '/api/v1/session', { email, password });

export const apply = (actor: Actor, documents: readonly JsonObject[], prune = false): Promise<Reply> =>
  actor.call('POST', '/api/v1/definitions/apply', { files: filesOf(documents), prune });

export interface Granted {
  readonly role: string;
  readonly until: Millis | null;
}

export const grantTo = (actor: Actor, { id }: Person, { role, until }: Granted): Promise<Reply> =>
  actor.call('POST', `/api/v1/people/${id}/grants`, {
    role,
    scope: { kind: 'all' },
    reason: 'covers this week',
    until,
  });

export async function disable(actor: Actor, person: Person): Promise<Reply> {
  const reply = await actor.call('POST', `/api/v1/people/${person.id}/disable`);
  if (isDone(reply)) person.isGone = true;
  return reply;
}

export async function erase(actor: Actor, person: Person): Promise<Reply> {
  const reply = await actor.call('DELETE', `/api/v1/people/${person.id}`);
  if (isDone(reply)) Object.assign(person, { isGone: true, isErased: true });
  return reply;
}

/** Makes a token. @param keep is handed the program that carries it, when it was made */
export async function createToken(
  town: Town,
  actor: Actor,
  asked: { readonly title: string; readonly role: string; readonly expiresInDays: number },
  keep: (program: Program) => void = () => undefined,
): Promise<Reply> {
  const reply = await actor.call('POST', '/api/v1/tokens', { ...asked, scope: { kind: 'all' } });
  if (isDone(reply)) keep(town.addProgram(bodyOf(reply)));
  return reply;
}

export async function revokeToken(actor: Actor, program: Program): Promise<Reply> {
  const reply = await actor.call('DELETE', `/api/v1/tokens/${program.id}`);
  if (isDone(reply)) program.isRevoked = true;
  return reply;
}
