import { type Refusal, refuse } from '../../kernel/decision.ts';
import type { Subject } from '../../kernel/fact.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Millis } from '../../kernel/time.ts';
import { addGrant, changeDetails, createUser, disableUser, eraseUser, linkDraft, removeGrant } from './decide.ts';
import type { GrantId } from './grant.ts';
import { type IssuedLink, newLink } from './links.ts';
import { type Acting, askerOf, changeRecord, commit, done, noSpace, type Outcome, type Parts } from './parts.ts';
import type { Role } from './permissions.ts';
import { powerViewOf, subjectsBehind } from './power.ts';
import { type GrantScope, textOfScope } from './scope.ts';
import { closeSessionsOf } from './sessions.ts';
import { collections, type NewRecord, normalEmail, type PersonRecord } from './stored.ts';
import { eraseTokensOf } from './tokens.ts';
import { isKeeper, type User, type UserId, userFold, userSubject } from './user.ts';

const emailTaken = (): Refusal =>
  refuse('email-taken', 'Somebody has this e-mail address already. Give another, or look for the person in the list.');

const emailRecord = (email: string, user: string, now: Millis): NewRecord => ({
  collection: collections.emails,
  key: normalEmail(email),
  body: { user, writtenAt: now },
});

const reasonRecord = (grant: GrantId, user: string, reason: string, now: Millis): NewRecord => ({
  collection: collections.grants,
  key: grant,
  body: { user, reason, writtenAt: now },
});

/** The asker's own subjects, and the person's: each is guarded once. */
const guardsOf = (parts: Parts, acting: Acting, besides: Subject): readonly Subject[] =>
  subjectsBehind(acting.actor, powerViewOf(parts.ledger)).filter((subject) => subject !== besides);

export interface PersonAsked {
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  /** Why this person gets the role, in words. */
  readonly reason: string;
  readonly now: Millis;
}

/** Adds a person with a first role over everything, and a link to sign in by. */
export async function addPerson(
  parts: Parts,
  asked: PersonAsked,
  acting: Acting,
): Promise<Outcome<{ readonly id: UserId; readonly link: IssuedLink }>> {
  const { email, now, reason } = asked;
  const id = parts.ids<'user'>('usr');
  const grant = parts.ids<'grant'>('grt');
  const link = newLink(parts, id, now);
  const person: PersonRecord = {
    name: asked.name.trim(),
    email: email === null ? null : normalEmail(email),
    writtenAt: now,
  };
  const records: NewRecord[] = [
    ...(email === null ? [] : [emailRecord(email, id, now)]),
    { collection: collections.people, key: id, body: person },
    reasonRecord(grant, id, reason, now),
    link.record,
  ];
  const wanted = { user: id, grant, reason, holding: { role: asked.role, scope: 'all', until: null } };
  const command = {
    ...acting,
    fold: userFold,
    subject: userSubject(id),
    alsoGuard: [`sign-in-link/${link.id}` as const, ...guardsOf(parts, acting, userSubject(id))],
    decide: (state: User, at: Millis) => {
      const created = createUser(state, wanted, askerOf(parts, acting.actor), at);
      return created.outcome === 'refused'
        ? created
        : { ...created, facts: [...created.facts, linkDraft(link.id, id, now)] };
    },
  };
  const outcome = await commit(parts, records, command, emailTaken);
  return outcome.outcome === 'refused' ? outcome : done({ id, link: { url: link.url, expiresAt: link.expiresAt } });
}

export interface GrantAsked {
  readonly user: string;
  readonly role: Role;
  readonly scope: GrantScope;
  readonly reason: string;
  readonly until: Millis | null;
  readonly now: Millis;
}

/** Grants a person a role over a scope, for a reason and perhaps for a time; never more than the asker holds. */
export async function giveGrant(parts: Parts, asked: GrantAsked, acting: Acting): Promise<Outcome<GrantId>> {
  const { user, role, reason, until, now } = asked;
  const grant = parts.ids<'grant'>('grt');
  const wanted = { user, grant, reason, holding: { role, scope: textOfScope(asked.scope), until } };
  const outcome = await commit(parts, [reasonRecord(grant, user, reason, now)], {
    ...acting,
    fold: userFold,
    subject: userSubject(user),
    alsoGuard: guardsOf(parts, acting, userSubject(user)),
    decide: (state, at) => addGrant(state, wanted, askerOf(parts, acting.actor), at),
  });
  return outcome.outcome === 'refused' ? outcome : done(grant);
}

/** Others who keep the installation administered; a few are enough to lean on, and each of them is guarded. */
const keeperCountGuarded = 3;

function otherKeepers(parts: Parts, user: string): readonly Subject[] {
  const keepers: Subject[] = [];
  for (const [subject, state] of parts.ledger.statesOf(userFold)) {
    if (subject !== userSubject(user) && isKeeper(state)) keepers.push(subject);
    if (keepers.length === keeperCountGuarded) break;
  }
  return keepers;
}

type Ending = (
  state: User,
  asked: { readonly user: string; readonly othersKeep: boolean },
) => ReturnType<typeof disableUser>;

/**
 * Takes power from a person. The others who remain admins are guarded too: of two admins who take it from each other at the
 * same moment, one is refused.
 */
async function takeFrom(parts: Parts, user: string, acting: Acting, ending: Ending): Promise<Outcome<null>> {
  const others = otherKeepers(parts, user);
  const outcome = await commit(parts, [], {
    ...acting,
    fold: userFold,
    subject: userSubject(user),
    alsoGuard: others,
    decide: (state) => {
      const states = parts.ledger.statesOf(userFold);
      return ending(state, { user, othersKeep: others.some((subject) => isKeeper(states.get(subject))) });
    },
  });
  return outcome.outcome === 'refused' ? outcome : done(null);
}

export async function dropGrant(
  parts: Parts,
  asked: { readonly user: string; readonly grant: string },
  acting: Acting,
): Promise<Outcome<null>> {
  const { user, grant } = asked;
  const outcome = await takeFrom(parts, user, acting, (state, { othersKeep }) =>
    removeGrant(state, { user, grant, othersKeep }),
  );
  if (outcome.outcome === 'done') await parts.records.erase(collections.grants, grant);
  return outcome;
}

/** Disables a person: no sign-in, no power, no session, no token. */
export async function disablePerson(
  parts: Parts,
  asked: { readonly user: string; readonly now: Millis },
  acting: Acting,
): Promise<Outcome<null>> {
  const outcome = await takeFrom(parts, asked.user, acting, disableUser);
  if (outcome.outcome === 'done') await closeSessionsOf(parts, asked.user, acting, asked.now);
  return outcome;
}

/** The collections whose bodies name a person in `user`. */
const ownedCollections = [collections.passwords, collections.grants, collections.sessions, collections.links] as const;

/** Erases everything the records hold of a person; what is left is an id in the journal. Running it twice does nothing. */
export async function eraseRecordsOf(parts: Parts, user: string): Promise<void> {
  for (const collection of [collections.emails, ...ownedCollections]) {
    for (const { key, body } of await parts.records.list<JsonObject>(collection)) {
      if (body.user === user) await parts.records.erase(collection, key);
    }
  }
  await parts.records.erase(collections.people, user);
}

/** Erases a person: first the fact, then name, address, password, tokens and all else. The reconciler finishes what a crash left. */
export async function erasePerson(
  parts: Parts,
  asked: { readonly user: string; readonly now: Millis },
  acting: Acting,
): Promise<Outcome<null>> {
  const outcome = await takeFrom(parts, asked.user, acting, eraseUser);
  if (outcome.outcome === 'refused') return outcome;
  await closeSessionsOf(parts, asked.user, acting, asked.now);
  await eraseTokensOf(parts, asked.user, acting);
  await eraseRecordsOf(parts, asked.user);
  return outcome;
}

/** Changes a person's name or address. The fact says that it changed, never to what. */
export async function changePerson(
  parts: Parts,
  asked: { readonly user: string; readonly name: string; readonly email: string | null; readonly now: Millis },
  acting: Acting,
): Promise<Outcome<null>> {
  const { user, now } = asked;
  const before = await parts.records.get<PersonRecord>(collections.people, user);
  const email = asked.email === null ? null : normalEmail(asked.email);
  const isNewEmail = email !== null && email !== before?.body.email;
  const outcome = await commit(
    parts,
    isNewEmail ? [emailRecord(email, user, now)] : [],
    { ...acting, fold: userFold, subject: userSubject(user), decide: (state) => changeDetails(state, user) },
    emailTaken,
  );
  if (outcome.outcome === 'refused') return outcome;
  const change = (person: PersonRecord): PersonRecord => ({ ...person, name: asked.name.trim(), email });
  const after = await changeRecord<PersonRecord>(parts, collections.people, user, change);
  if (after === null)
    return noSpace('The disk is full: name and address are as before. Free some space, then ask again.');
  const old = before?.body.email ?? null;
  if (old !== null && old !== email) await parts.records.erase(collections.emails, old);
  return done(null);
}
