import type { Actor, Subject } from '../../kernel/fact.ts';
import type { Ledger } from '../../platform/journal/ledger.ts';
import { fullPower, noPower, type Power } from './grant.ts';
import { type Token, tokenFold, tokenSubject } from './token.ts';
import { grantsOf, type User, userFold, userSubject } from './user.ts';

/** The states that say what somebody can do. A state that has left memory is closed, and closed means no power. */
export interface PowerView {
  userOf(user: string): User | undefined;
  tokenOf(token: string): Token | undefined;
}

/** The states as a ledger holds them now. */
export const powerViewOf = (ledger: Ledger): PowerView => ({
  userOf: (user) => ledger.statesOf(userFold).get(userSubject(user)),
  tokenOf: (token) => ledger.statesOf(tokenFold).get(tokenSubject(token)),
});

const idOfActor = (actor: Actor): string => actor.slice(actor.indexOf(':') + 1);

/**
 * What an actor can do at this moment. A token may do what it was given as long as its maker may still do it, so whoever
 * leaves takes their tokens' power along. `system:` actors are this program itself; nobody outside can become one.
 */
export function powerOf(actor: Actor, view: PowerView): Power {
  if (actor.startsWith('system:')) return fullPower;
  if (actor.startsWith('user:')) return [grantsOf(view.userOf(idOfActor(actor)))];
  const token = view.tokenOf(idOfActor(actor));
  return token?.status === 'live' ? [[token.holding], ...powerOf(token.maker, view)] : noPower;
}

/** The subjects that an actor's power stands on: guarded, so that a power taken away meanwhile is not used once more. */
export function subjectsBehind(actor: Actor, view: PowerView): readonly Subject[] {
  if (actor.startsWith('system:')) return [];
  if (actor.startsWith('user:')) return [userSubject(idOfActor(actor))];
  const token = view.tokenOf(idOfActor(actor));
  const above = token?.status === 'live' ? subjectsBehind(token.maker, view) : [];
  return [tokenSubject(idOfActor(actor)), ...above];
}
