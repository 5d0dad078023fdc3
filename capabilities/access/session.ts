import { unreachable } from '../../kernel/assert.ts';
import { type Subject, subjectOf } from '../../kernel/fact.ts';
import type { Id } from '../../kernel/id.ts';
import { day, hour, type Millis, minute } from '../../kernel/time.ts';
import type { SubjectFold } from '../../platform/journal/ledger.ts';
import { parseSessionFact, type SessionFact, type SignInMethod } from './facts.ts';
import type { User } from './user.ts';

export type SessionId = Id<'session'>;

/** A sign-in of a person that has not ended. What comes and goes with every request (secrets, last use) stands in records. */
export type Session =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'live';
      readonly user: string;
      readonly epoch: number;
      readonly method: SignInMethod;
      readonly startedAt: Millis;
      readonly endsAt: Millis;
    }
  | { readonly status: 'ended' };

export type LiveSession = Extract<Session, { status: 'live' }>;

export const sessionDefaults = {
  /** Unused for so long, it is over. */
  idleMs: 12 * hour,
  /** Used or not, it is over. */
  absoluteMs: 7 * day,
  /** A new secret in the cookie at least so often while it is used. */
  rotateEveryMs: 15 * minute,
  /** The secret before it is still good for so long after the new one was first seen: requests cross on the way. */
  rotationGraceMs: minute,
  /** Last use is written at most so often. */
  seenEveryMs: minute,
} as const;

export const sessionSubject = (session: string): Subject => subjectOf('session', session);

function applySessionFact(_state: Session, fact: SessionFact): Session {
  switch (fact.type) {
    case 'session.started': {
      const { user, epoch, method, endsAt } = fact.data;
      return { status: 'live', user, epoch, method, startedAt: fact.at, endsAt };
    }
    case 'session.ended':
      return { status: 'ended' };
    default:
      return unreachable(fact);
  }
}

export const sessionFold: SubjectFold<Session, SessionFact> = {
  name: 'access-sessions',
  shape: 1,
  noun: 'session',
  initial: { status: 'unknown' },
  parse: parseSessionFact,
  apply: applySessionFact,
  isClosed: (state) => state.status === 'ended',
};

/** Why a live session no longer counts, or null when it does. @param lastSeenAt from its record; null when that is gone */
export function endOf(session: LiveSession, user: User | undefined, lastSeenAt: Millis | null, now: Millis) {
  if (user === undefined || user.status === 'erased' || user.status === 'unknown') return 'person-erased';
  if (user.status === 'disabled') return 'person-disabled';
  if (user.details.epoch !== session.epoch) return 'password-changed';
  if (now >= session.endsAt) return 'too-old';
  if (lastSeenAt === null || now >= lastSeenAt + sessionDefaults.idleMs) return 'idle';
  return null;
}
