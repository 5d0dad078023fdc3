import { type Actor, type Fact, idOf, type Subject } from '../../kernel/fact.ts';
import type { Millis } from '../../kernel/time.ts';

/**
 * Who may do what, told a second time: as plainly as it can be, without guards, closed states or records, so that it can be
 * held against what `capabilities/access` decided. Only the parts that the simulation uses: roles over everything.
 */

export const roleOrder = ['viewer', 'responder', 'maintainer', 'admin'] as const;
export type RoleName = (typeof roleOrder)[number];

interface Holding {
  readonly role: RoleName;
  readonly scope: string;
  readonly until: Millis | null;
}

interface Person {
  isActive: boolean;
  readonly grants: Map<string, Holding>;
  /** When each session that has not ended is over. */
  readonly sessions: Map<string, Millis>;
}

interface Token extends Holding {
  isLive: boolean;
  readonly maker: Actor;
}

export interface PowerModel {
  readonly people: Map<string, Person>;
  readonly tokens: Map<string, Token>;
}

export const emptyModel = (): PowerModel => ({ people: new Map(), tokens: new Map() });

const holdingOf = (data: Fact['data']): Holding => ({
  role: data.role as RoleName,
  scope: String(data.scope),
  until: (data.until ?? data.expiresAt ?? null) as Millis | null,
});

const leave = (person: Person | undefined): void => {
  if (person === undefined) return;
  person.isActive = false;
  person.sessions.clear();
};

type Step = (model: PowerModel, fact: Fact, id: string) => void;

const steps: Readonly<Record<string, Step>> = {
  'user.created': ({ people }, _fact, id) => people.set(id, { isActive: true, grants: new Map(), sessions: new Map() }),
  'user.grant-added': ({ people }, { data }, id) => people.get(id)?.grants.set(String(data.grant), holdingOf(data)),
  'user.grant-removed': ({ people }, { data }, id) => people.get(id)?.grants.delete(String(data.grant)),
  'user.password-changed': ({ people }, _fact, id) => people.get(id)?.sessions.clear(),
  'user.disabled': ({ people }, _fact, id) => leave(people.get(id)),
  'user.erased': ({ people }, _fact, id) => leave(people.get(id)),
  'session.started': ({ people }, { data }, id) => people.get(String(data.user))?.sessions.set(id, Number(data.endsAt)),
  'session.ended': ({ people }, { data }, id) => people.get(String(data.user))?.sessions.delete(id),
  'token.created': ({ tokens }, fact, id) =>
    tokens.set(id, { ...holdingOf(fact.data), isLive: true, maker: fact.actor }),
  'token.revoked': ({ tokens }, _fact, id) => {
    const token = tokens.get(id);
    if (token !== undefined) token.isLive = false;
  },
};

/** Takes one fact into the model. Facts of other capabilities change nothing here. */
export const learn = (model: PowerModel, fact: Fact): void => steps[fact.type]?.(model, fact, idOf(fact.subject));

/** The model after the first facts of a list. */
export function modelOf(facts: readonly Fact[]): PowerModel {
  const model = emptyModel();
  for (const fact of facts) learn(model, fact);
  return model;
}

const gives = (holding: Holding, role: RoleName, at: Millis): boolean =>
  holding.scope === 'all' &&
  roleOrder.indexOf(holding.role) >= roleOrder.indexOf(role) &&
  (holding.until === null || at < holding.until);

/** True when the actor holds a role, or one above it, over everything, at a moment. */
export function holdsRole(model: PowerModel, actor: Actor, role: RoleName, at: Millis): boolean {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'system') return true;
  if (kind === 'user') {
    const person = model.people.get(id);
    return person?.isActive === true && [...person.grants.values()].some((grant) => gives(grant, role, at));
  }
  const token = model.tokens.get(id);
  return token?.isLive === true && gives(token, role, at) && holdsRole(model, token.maker, role, at);
}

/** True when the actor is this person, and may still act. */
export const isSelf = (model: PowerModel, actor: Actor, user: string): boolean =>
  actor === `user:${user}` && model.people.get(user)?.isActive === true;

/** True when a person has a session that is not over. Tokens and the program itself need none. */
export function hasSession(model: PowerModel, actor: Actor, at: Millis): boolean {
  const [kind, id = ''] = actor.split(':');
  if (kind !== 'user') return true;
  return [...(model.people.get(id)?.sessions.values() ?? [])].some((endsAt) => at < endsAt);
}

/** People who are admins of everything without an end. */
export const keepersOf = ({ people }: PowerModel): number =>
  [...people.values()].filter(
    ({ isActive, grants }) =>
      isActive &&
      [...grants.values()].some(({ role, scope, until }) => role === 'admin' && scope === 'all' && until === null),
  ).length;

/** The user id that a subject or a fact is about. */
export const userOf = (subject: Subject, data: Fact['data']): string =>
  subject.startsWith('user/') ? idOf(subject) : String(data.user);
