import type { Millis } from '../../kernel/time.ts';
import { linkText, readLink } from './credential.ts';
import { issueLink, linkRefused, useLink } from './decide.ts';
import { type Acting, askerOf, commit, done, type Outcome, type Parts } from './parts.ts';
import { powerViewOf, subjectsBehind } from './power.ts';
import { type NewSession, newSession } from './sessions.ts';
import { type LinkId, linkFold, linkLifeMs, linkSubject } from './sign-in-link.ts';
import { collections, type LinkRecord, type NewRecord } from './stored.ts';
import { userSubject } from './user.ts';

/** A link to hand to a person: it shows a button on GET, and signs in on POST, once. */
export interface IssuedLink {
  readonly url: string;
  readonly expiresAt: Millis;
}

/** A link on its way: the record to write before its fact, and what to hand out after it. */
export interface NewLink extends IssuedLink {
  readonly id: LinkId;
  readonly record: NewRecord;
}

export function newLink(parts: Parts, user: string, now: Millis): NewLink {
  const id = parts.ids<'sign-in-link'>('lnk');
  const secret = parts.secret();
  const body: LinkRecord = { user, fingerprint: parts.hashing.fingerprint(secret), writtenAt: now };
  return {
    id,
    record: { collection: collections.links, key: id, body },
    // Behind the #, so that no server and no proxy on the way ever writes it to a log.
    url: `${parts.externalUrl}/sign-in#code=${linkText({ id, secret })}`,
    expiresAt: now + linkLifeMs,
  };
}

/** Issues a link that signs a person in. Refused for somebody with more power than the asker has. */
export async function issueSignInLink(
  parts: Parts,
  asked: { readonly user: string; readonly now: Millis },
  acting: Acting,
): Promise<Outcome<IssuedLink>> {
  const link = newLink(parts, asked.user, asked.now);
  const view = powerViewOf(parts.ledger);
  const behind = subjectsBehind(acting.actor, view);
  const outcome = await commit(parts, [link.record], {
    ...acting,
    fold: linkFold,
    subject: linkSubject(link.id),
    alsoGuard: [...new Set([userSubject(asked.user), ...behind])],
    decide: (_state, now) => {
      const person = view.userOf(asked.user) ?? { status: 'unknown' };
      return issueLink(person, { link: link.id, user: asked.user }, askerOf(parts, acting.actor), now);
    },
  });
  return outcome.outcome === 'refused' ? outcome : done({ url: link.url, expiresAt: link.expiresAt });
}

/** Signs in by the code of a link. Every link that is not good gets the same answer. */
export async function signInByLink(
  parts: Parts,
  asked: { readonly code: string; readonly now: Millis },
  cause: Acting['cause'],
): Promise<Outcome<NewSession>> {
  const credential = readLink(asked.code);
  if (credential === null) return linkRefused;
  const stored = await parts.records.get<LinkRecord>(collections.links, credential.id);
  const isShown =
    stored !== null && parts.hashing.same(stored.body.fingerprint, parts.hashing.fingerprint(credential.secret));
  if (!isShown) return linkRefused;

  const { user } = stored.body;
  const session = newSession(parts, user, asked.now);
  const view = powerViewOf(parts.ledger);
  const outcome = await commit(parts, [session.record], {
    actor: `user:${user}`,
    cause,
    fold: linkFold,
    subject: linkSubject(credential.id),
    alsoGuard: [userSubject(user), `session/${session.id}`],
    decide: (link) => {
      const person = view.userOf(user) ?? { status: 'unknown' };
      return useLink(link, person, { link: credential.id, session: session.id, method: 'link', now: asked.now });
    },
  });
  if (outcome.outcome === 'refused') return outcome;
  await parts.records.erase(collections.links, credential.id);
  return done(session);
}
