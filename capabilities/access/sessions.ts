import type { Millis } from '../../kernel/time.ts';
import type { Cookie } from '../../platform/http/route.ts';
import { readSessionText, sessionText } from './credential.ts';
import { endSession } from './decide.ts';
import type { SessionEnd } from './facts.ts';
import { type Acting, changeRecord, commit, done, type Outcome, type Parts } from './parts.ts';
import { endOf, type LiveSession, type SessionId, sessionDefaults, sessionFold, sessionSubject } from './session.ts';
import { collections, type NewRecord, type SessionRecord } from './stored.ts';
import { userFold, userSubject } from './user.ts';

export const sessionCookieName = 'plimsoll_session';

/** A session on its way: the record to write before its fact, and the cookie to hand out after it. */
export interface NewSession {
  readonly id: SessionId;
  readonly record: NewRecord;
  readonly cookie: Cookie;
}

const cookieOf = (id: string, secret: string, lifeMs: Millis): Cookie => ({
  name: sessionCookieName,
  value: sessionText({ id, secret }),
  maxAgeSeconds: Math.max(0, Math.floor(lifeMs / 1_000)),
  httpOnly: true,
});

/** The cookie that erases the session's cookie. */
export const noSessionCookie: Cookie = { name: sessionCookieName, value: '', maxAgeSeconds: 0, httpOnly: true };

export function newSession(parts: Parts, user: string, now: Millis): NewSession {
  const id = parts.ids<'session'>('ses');
  const secret = parts.secret();
  const body: SessionRecord = {
    user,
    fingerprint: parts.hashing.fingerprint(secret),
    csrfToken: parts.secret(),
    previous: null,
    rotatedAt: now,
    lastSeenAt: now,
    writtenAt: now,
  };
  const cookie = cookieOf(id, secret, sessionDefaults.absoluteMs);
  return { id, record: { collection: collections.sessions, key: id, body }, cookie };
}

/** A session that a request has shown to hold. */
export interface ShownSession {
  readonly id: string;
  readonly session: LiveSession;
  readonly csrfToken: string;
  readonly idleEndsAt: Millis;
  /** A new secret, when it was time for one. */
  readonly cookies: readonly Cookie[];
}

type Shown = 'current' | 'previous' | 'none';

function shownOf(parts: Parts, record: SessionRecord, secret: string, now: Millis): Shown {
  const fingerprint = parts.hashing.fingerprint(secret);
  if (parts.hashing.same(record.fingerprint, fingerprint)) return 'current';
  if (record.previous === null || !parts.hashing.same(record.previous.fingerprint, fingerprint)) return 'none';
  return record.previous.until === null || now < record.previous.until ? 'previous' : 'none';
}

/**
 * What a request does to the record of its session, or null for nothing. The secret before stays good until a minute after
 * the new one was first shown: requests cross on the way, and the answer that carried the new one may have been lost.
 */
function usedRecord(record: SessionRecord, shown: Shown, fresh: string, now: Millis): SessionRecord | null {
  const isUnconfirmed = record.previous !== null && record.previous.until === null;
  const mayRotate = shown === 'current' || isUnconfirmed;
  if (mayRotate && now >= record.rotatedAt + sessionDefaults.rotateEveryMs) {
    const fingerprint = shown === 'current' ? record.fingerprint : (record.previous?.fingerprint ?? record.fingerprint);
    return { ...record, fingerprint: fresh, previous: { fingerprint, until: null }, rotatedAt: now, lastSeenAt: now };
  }
  if (shown === 'current' && record.previous !== null && isUnconfirmed) {
    const previous = { ...record.previous, until: now + sessionDefaults.rotationGraceMs };
    return { ...record, previous, lastSeenAt: now };
  }
  return now >= record.lastSeenAt + sessionDefaults.seenEveryMs ? { ...record, lastSeenAt: now } : null;
}

/** The live session that the cookie's text shows, or null. Counts as use of it. */
export async function showSession(parts: Parts, text: string, now: Millis): Promise<ShownSession | null> {
  const credential = readSessionText(text);
  if (credential === null) return null;
  const session = parts.ledger.statesOf(sessionFold).get(sessionSubject(credential.id));
  const stored = await parts.records.get<SessionRecord>(collections.sessions, credential.id);
  if (session?.status !== 'live' || stored === null) return null;
  const user = parts.ledger.statesOf(userFold).get(userSubject(session.user));
  if (endOf(session, user, stored.body.lastSeenAt, now) !== null) return null;
  if (shownOf(parts, stored.body, credential.secret, now) === 'none') return null;

  const secret = parts.secret();
  const fresh = parts.hashing.fingerprint(secret);
  const after = await changeRecord<SessionRecord>(parts, collections.sessions, credential.id, (record) => {
    const shown = shownOf(parts, record, credential.secret, now);
    return shown === 'none' ? null : usedRecord(record, shown, fresh, now);
  });
  const isRotated = after?.fingerprint === fresh;
  return {
    id: credential.id,
    session,
    csrfToken: stored.body.csrfToken,
    idleEndsAt: Math.max(now, stored.body.lastSeenAt) + sessionDefaults.idleMs,
    cookies: isRotated ? [cookieOf(credential.id, secret, session.endsAt - now)] : [],
  };
}

/** Ends a session: first the fact, from which on it counts no more, then its record. Ending it twice does nothing. */
export async function closeSession(
  parts: Parts,
  id: string,
  reason: SessionEnd,
  acting: Acting,
): Promise<Outcome<null>> {
  const outcome = await commit(parts, [], {
    ...acting,
    fold: sessionFold,
    subject: sessionSubject(id),
    decide: (state) => endSession(state, id, reason),
  });
  if (outcome.outcome === 'refused') return outcome;
  await parts.records.erase(collections.sessions, id);
  return done(null);
}

/** Ends all sessions of a person that no longer count, each with its reason. */
export async function closeSessionsOf(parts: Parts, user: string, acting: Acting, now: Millis): Promise<void> {
  const person = parts.ledger.statesOf(userFold).get(userSubject(user));
  for (const [subject, session] of [...parts.ledger.statesOf(sessionFold)]) {
    if (session.status !== 'live' || session.user !== user) continue;
    const reason = endOf(session, person, now, now);
    if (reason !== null) await closeSession(parts, subject.slice('session/'.length), reason, acting);
  }
}
