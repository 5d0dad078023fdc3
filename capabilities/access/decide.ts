import { accept, type Decision, refuse } from '../../kernel/decision.ts';
import { isoOf, type Millis } from '../../kernel/time.ts';
import type { AccessDraft, SessionEnd } from './facts.ts';
import { coversHolding, type GrantId, type Holding, isActive, isPermanentAdmin, type Power } from './grant.ts';
import type { OwnerOf } from './scope.ts';
import { type LiveSession, type Session, sessionDefaults, sessionSubject } from './session.ts';
import { linkLifeMs, linkSubject, type SignInLink } from './sign-in-link.ts';
import { type Token, tokenSubject } from './token.ts';
import { isKeeper, type User, type UserDetails, userSubject } from './user.ts';

/** Who asks, with what they can do themselves: nobody hands on more than that. */
export interface Asker {
  readonly power: Power;
  readonly ownerOf: OwnerOf;
}

type Answer = Decision<AccessDraft>;

/** Grants of one person; more would be a sign that a role is missing. */
export const grantCountMax = 50;
/** Makers of makers of a token; each has to agree to every request. */
export const tokenDepthMax = 5;

const missing = (user: string): Answer =>
  refuse('user-not-found', `There is no person ${user}. Take an id from GET /api/v1/people.`);

const disabled = (user: string): Answer =>
  refuse(
    'user-disabled',
    `${user} is disabled and holds nothing. Erase this person and add them again to let them back in.`,
  );

const lastAdmin = (user: string): Answer =>
  refuse(
    'last-admin',
    `${user} is the only admin of everything without an end. Grant that to somebody else first, so that one is left.`,
  );

const tooMuch = ({ role, scope, until }: Holding): Answer =>
  refuse(
    'more-than-own',
    `${role} over ${scope}${until === null ? ' without an end' : ` until ${isoOf(until)}`} is more than you hold yourself. ` +
      'Ask for a lower role, a narrower scope or an earlier end, or ask somebody who holds it.',
  );

const inPast = (until: Millis, now: Millis): Answer =>
  refuse('end-in-past', `The end ${isoOf(until)} is not after now, ${isoOf(now)}. Give a later one.`);

/** The person as one who may act and be acted on, or the refusal. */
function livingDetails(state: User, user: string): { details: UserDetails } | { refusal: Answer } {
  if (state.status === 'active') return { details: state.details };
  return { refusal: state.status === 'disabled' ? disabled(user) : missing(user) };
}

function refusalOfHolding(wanted: Holding, asker: Asker, now: Millis): Answer | null {
  if (wanted.until !== null && wanted.until <= now) return inPast(wanted.until, now);
  return coversHolding(asker.power, wanted, now, asker.ownerOf) ? null : tooMuch(wanted);
}

export interface GrantWanted {
  readonly user: string;
  readonly grant: GrantId;
  readonly holding: Holding;
  /** Written by a person: it is kept in the records, and only its absence is looked at here. */
  readonly reason: string;
}

const grantDraft = ({ user, grant, holding }: GrantWanted): AccessDraft => ({
  type: 'user.grant-added',
  subject: userSubject(user),
  data: { grant, role: holding.role, scope: holding.scope, until: holding.until },
});

const reasonMissing = (): Answer =>
  refuse(
    'reason-missing',
    'A grant needs a reason that somebody else will understand in a year. Give one in "reason".',
  );

export function createUser(state: User, wanted: GrantWanted, asker: Asker, now: Millis): Answer {
  if (state.status !== 'unknown')
    return refuse('user-exists', `${wanted.user} is there already. Ask again for a new id.`);
  if (wanted.reason.trim() === '') return reasonMissing();
  const refusal = refusalOfHolding(wanted.holding, asker, now);
  if (refusal !== null) return refusal;
  return accept({ type: 'user.created', subject: userSubject(wanted.user), data: {} }, grantDraft(wanted));
}

export function addGrant(state: User, wanted: GrantWanted, asker: Asker, now: Millis): Answer {
  const living = livingDetails(state, wanted.user);
  if ('refusal' in living) return living.refusal;
  if (wanted.reason.trim() === '') return reasonMissing();
  if (living.details.grants.length >= grantCountMax) {
    return refuse(
      'too-many-grants',
      `${wanted.user} has ${grantCountMax} grants, the most there can be. Remove some first.`,
    );
  }
  return refusalOfHolding(wanted.holding, asker, now) ?? accept(grantDraft(wanted));
}

/** Whether others than the person in question keep the installation administered. */
interface Others {
  readonly othersKeep: boolean;
}

export function removeGrant(state: User, asked: { user: string; grant: string } & Others): Answer {
  // Grants of a disabled person can go too: they would count again only if the person came back.
  if (!('details' in state)) return missing(asked.user);
  const { grants } = state.details;
  if (!grants.some((grant) => grant.id === asked.grant)) {
    return refuse('grant-not-found', `${asked.user} has no grant ${asked.grant}. Take an id from GET /api/v1/people.`);
  }
  const keepsAfter = grants.some((grant) => grant.id !== asked.grant && isPermanentAdmin(grant));
  if (isKeeper(state) && !keepsAfter && !asked.othersKeep) return lastAdmin(asked.user);
  return accept({ type: 'user.grant-removed', subject: userSubject(asked.user), data: { grant: asked.grant } });
}

export function disableUser(state: User, asked: { user: string } & Others): Answer {
  if (state.status === 'disabled') return accept();
  if (state.status !== 'active') return missing(asked.user);
  if (isKeeper(state) && !asked.othersKeep) return lastAdmin(asked.user);
  return accept({ type: 'user.disabled', subject: userSubject(asked.user), data: {} });
}

export function eraseUser(state: User, asked: { user: string } & Others): Answer {
  if (state.status === 'erased') return accept();
  if (state.status === 'unknown') return missing(asked.user);
  if (isKeeper(state) && !asked.othersKeep) return lastAdmin(asked.user);
  return accept({ type: 'user.erased', subject: userSubject(asked.user), data: {} });
}

export function changeDetails(state: User, user: string): Answer {
  const living = livingDetails(state, user);
  if ('refusal' in living) return living.refusal;
  return accept({ type: 'user.details-changed', subject: userSubject(user), data: {} });
}

/** A new password ends every session (the epoch goes up), and starts one anew for the person who changed it. */
export function changePassword(state: User, asked: { user: string; password: string; session: SessionWanted }): Answer {
  const living = livingDetails(state, asked.user);
  if ('refusal' in living) return living.refusal;
  const { user, password, session } = asked;
  return accept(
    { type: 'user.password-changed', subject: userSubject(user), data: { password } },
    sessionDraft(session, user, living.details.epoch + 1),
  );
}

export interface SessionWanted {
  readonly session: string;
  readonly method: 'password' | 'link';
  readonly now: Millis;
}

const sessionDraft = ({ session, method, now }: SessionWanted, user: string, epoch: number): AccessDraft => ({
  type: 'session.started',
  subject: sessionSubject(session),
  data: { user, epoch, method, endsAt: now + sessionDefaults.absoluteMs },
});

export function startSession(state: User, user: string, wanted: SessionWanted): Answer {
  const living = livingDetails(state, user);
  return 'refusal' in living ? living.refusal : accept(sessionDraft(wanted, user, living.details.epoch));
}

export function endSession(state: Session, session: string, reason: SessionEnd): Answer {
  if (state.status !== 'live') return accept();
  return accept({ type: 'session.ended', subject: sessionSubject(session), data: { user: state.user, reason } });
}

export function issueLink(user: User, asked: { link: string; user: string }, asker: Asker, now: Millis): Answer {
  const living = livingDetails(user, asked.user);
  if ('refusal' in living) return living.refusal;
  // Whoever makes the link could use it, so it must not lead to more than they have.
  const above = living.details.grants.find(
    (grant) => isActive(grant, now) && !coversHolding(asker.power, grant, now, asker.ownerOf),
  );
  if (above !== undefined) return tooMuch(above);
  return accept(linkDraft(asked.link, asked.user, now));
}

export const linkDraft = (link: string, user: string, now: Millis): AccessDraft => ({
  type: 'sign-in-link.issued',
  subject: linkSubject(link),
  data: { user, expiresAt: now + linkLifeMs },
});

/** The answer to every link that does not sign in, whatever is wrong with it: a stranger learns nothing. */
export const linkRefused = refuse(
  'link-refused',
  `This sign-in link is not good: it is used, older than ${linkLifeMs / 60_000} minutes, or incomplete. Ask an admin, or run plimsoll sign-in, for a new one.`,
);

export function useLink(link: SignInLink, person: User, asked: { link: string } & SessionWanted): Answer {
  if (link.status !== 'issued' || asked.now >= link.expiresAt) return linkRefused;
  const session = startSession(person, link.user, asked);
  if (session.outcome === 'refused') return linkRefused;
  const used: AccessDraft = { type: 'sign-in-link.used', subject: linkSubject(asked.link), data: { user: link.user } };
  return accept(used, ...session.facts);
}

export function lapseLink(link: SignInLink, id: string, now: Millis): Answer {
  if (link.status !== 'issued' || now < link.expiresAt) return accept();
  return accept({ type: 'sign-in-link.lapsed', subject: linkSubject(id), data: { user: link.user } });
}

export function createToken(
  state: Token,
  wanted: { token: string; role: Holding['role']; scope: string; expiresAt: Millis },
  asker: Asker,
  now: Millis,
): Answer {
  if (state.status !== 'unknown') return refuse('token-exists', `${wanted.token} is there already. Ask again.`);
  const { token, role, scope, expiresAt } = wanted;
  if (asker.power.length >= tokenDepthMax) {
    return refuse(
      'token-too-deep',
      `This token was made by a token, and so on ${tokenDepthMax} times over. Sign in, or use an earlier one, to make the next.`,
    );
  }
  const refusal = refusalOfHolding({ role, scope, until: expiresAt }, asker, now);
  if (refusal !== null) return refusal;
  return accept({ type: 'token.created', subject: tokenSubject(token), data: { role, scope, expiresAt } });
}

export function revokeToken(state: Token, token: string, reason: 'asked' | 'expired' | 'maker-erased'): Answer {
  if (state.status === 'unknown') {
    return refuse('token-not-found', `There is no token ${token}. Take an id from GET /api/v1/tokens.`);
  }
  if (state.status === 'revoked') return accept();
  return accept({ type: 'token.revoked', subject: tokenSubject(token), data: { reason } });
}

/** True while no current password is asked for: a link was just used, which is how somebody who forgot it comes back. */
export const isFreshLink = (session: LiveSession, now: Millis): boolean =>
  session.method === 'link' && now < session.startedAt + linkLifeMs;
