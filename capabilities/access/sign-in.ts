import { type Refusal, refuse } from '../../kernel/decision.ts';
import type { Cause } from '../../kernel/fact.ts';
import { type Millis, second } from '../../kernel/time.ts';
import { changePassword, isFreshLink, startSession } from './decide.ts';
import { signInByLink } from './links.ts';
import { type Acting, commit, done, type Outcome, type Parts } from './parts.ts';
import { normalPassword, refusalOfPassword } from './password.ts';
import { closeSessionsOf, type NewSession, newSession, type ShownSession } from './sessions.ts';
import { collections, type EmailRecord, normalEmail, type PasswordRecord, type PersonRecord } from './stored.ts';
import { type PasswordId, type User, userFold, userSubject } from './user.ts';

/** One answer for an unknown address, a wrong password, a disabled person: nobody learns who has an account. */
export const signInRefused = refuse(
  'sign-in-refused',
  'The e-mail address and the password do not belong together. Try again, or ask an admin for a sign-in link.',
);

const waitFirst = (waitMs: Millis): Refusal => {
  const retryAfterSeconds = Math.ceil(waitMs / second);
  const detail = `Too many tries failed or are under way. Wait ${retryAfterSeconds} s, then try again; a sign-in link works at once.`;
  return refuse('sign-in-throttled', detail, { retryAfterSeconds });
};

/**
 * Runs a try that may be a guess: refused while the account or the address has to wait, counted before it is looked at, and
 * taken back when it was right.
 */
async function tried<Value>(
  parts: Parts,
  who: { readonly account: string | null; readonly address: string; readonly now: Millis },
  attempt: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const { account, address, now } = who;
  const accountWaitMs = account === null ? 0 : parts.accountTries.waitMs(account, now);
  const waitMs = Math.max(accountWaitMs, parts.addressTries.waitMs(address, now));
  if (waitMs > 0) {
    parts.refusals.count('sign-in-throttled', now);
    return waitFirst(waitMs);
  }
  if (account !== null) parts.accountTries.count(account, now);
  parts.addressTries.count(address, now);
  const outcome = await attempt();
  if (outcome.outcome === 'refused') {
    parts.refusals.count(outcome.code, now);
    return outcome;
  }
  if (account !== null) parts.accountTries.clear(account);
  parts.addressTries.takeBack(address);
  return outcome;
}

interface Account {
  readonly user: string;
  readonly password: PasswordId;
}

/** Whose e-mail address and password these are, or null; the same work either way. */
async function accountOf(parts: Parts, email: string, password: string): Promise<Account | null> {
  const claim = await parts.records.get<EmailRecord>(collections.emails, normalEmail(email));
  const user = claim?.body.user ?? '';
  const state = parts.ledger.statesOf(userFold).get(userSubject(user));
  const id = state?.status === 'active' ? state.details.password : null;
  const stored = id === null ? null : await parts.records.get<PasswordRecord>(collections.passwords, id);
  const isRight = await parts.hashing.verifyPassword(
    normalPassword(password),
    stored?.body.phc ?? (await parts.decoyPhc),
  );
  return isRight && stored !== null && id !== null ? { user, password: id } : null;
}

export interface SignInAsked {
  readonly email: string;
  readonly password: string;
  readonly address: string;
  readonly now: Millis;
}

/** Signs in by e-mail address and password. */
export function signIn(parts: Parts, asked: SignInAsked, cause: Cause | null): Promise<Outcome<NewSession>> {
  const { address, now } = asked;
  return tried(parts, { account: normalEmail(asked.email), address, now }, async () => {
    const account = await accountOf(parts, asked.email, asked.password);
    if (account === null) return signInRefused;
    const session = newSession(parts, account.user, now);
    const outcome = await commit(parts, [session.record], {
      actor: `user:${account.user}`,
      cause,
      fold: userFold,
      subject: userSubject(account.user),
      alsoGuard: [`session/${session.id}`],
      decide: (state) => {
        // The password may have been changed while its hash was being worked out.
        const isStill = state.status === 'active' && state.details.password === account.password;
        return isStill
          ? startSession(state, account.user, { session: session.id, method: 'password', now })
          : signInRefused;
      },
    });
    return outcome.outcome === 'refused' ? outcome : done(session);
  });
}

/**
 * Signs in by a one-time link. Its code is 256 bits of chance, so there is nothing to slow down: a person who was made to wait
 * for the guesses of others at the same address comes in at once.
 */
export async function signInWithLink(
  parts: Parts,
  asked: { readonly code: string; readonly now: Millis },
  cause: Cause | null,
): Promise<Outcome<NewSession>> {
  const outcome = await signInByLink(parts, asked, cause);
  if (outcome.outcome === 'refused') parts.refusals.count(outcome.code, asked.now);
  return outcome;
}

export interface PasswordAsked {
  readonly shown: ShownSession;
  readonly password: string;
  readonly currentPassword: string | null;
  readonly address: string;
  readonly now: Millis;
}

const currentPasswordWrong = refuse(
  'current-password-wrong',
  'The current password is missing or wrong. Give it, or sign in by a link first: right after that none is asked for.',
);

/** Null when the person has shown the password in force, or need not; otherwise the refusal. */
async function refusalOfCurrent(parts: Parts, state: User, asked: PasswordAsked): Promise<Refusal | null> {
  const { session } = asked.shown;
  const id = state.status === 'active' ? state.details.password : null;
  if (id === null || isFreshLink(session, asked.now)) return null;
  const who = { account: session.user, address: asked.address, now: asked.now };
  const outcome = await tried(parts, who, async () => {
    const stored = await parts.records.get<PasswordRecord>(collections.passwords, id);
    const phc = stored?.body.phc ?? (await parts.decoyPhc);
    const isRight = await parts.hashing.verifyPassword(normalPassword(asked.currentPassword ?? ''), phc);
    return isRight ? done(null) : currentPasswordWrong;
  });
  return outcome.outcome === 'refused' ? outcome : null;
}

const refusalOfNew = (person: PersonRecord, password: string): Refusal | null =>
  person.email === null
    ? refuse(
        'email-missing',
        'A password needs an e-mail address to sign in with. Set yours first, with PUT /api/v1/session/profile.',
      )
    : refusalOfPassword(password, person);

/** Sets a new password: every session of the person ends, and a new one starts for who asked. */
export async function setPassword(parts: Parts, asked: PasswordAsked, acting: Acting): Promise<Outcome<NewSession>> {
  const { user } = asked.shown.session;
  const { state } = await parts.ledger.stateOf(userFold, userSubject(user));
  const person = await parts.records.get<PersonRecord>(collections.people, user);
  if (state.status !== 'active' || person === null) return signInRefused;
  const refusal = refusalOfNew(person.body, asked.password) ?? (await refusalOfCurrent(parts, state, asked));
  if (refusal !== null) return refusal;

  const before = state.details.password;
  const password = parts.ids<'password'>('pwd');
  const session = newSession(parts, user, asked.now);
  const phc = await parts.hashing.hashPassword(normalPassword(asked.password));
  const body: PasswordRecord = { user, phc, writtenAt: asked.now };
  const records = [{ collection: collections.passwords, key: password, body }, session.record];
  const outcome = await commit(parts, records, {
    ...acting,
    fold: userFold,
    subject: userSubject(user),
    alsoGuard: [`session/${session.id}`],
    decide: (now) => {
      const isSame = now.status === 'active' && now.details.password === before;
      const wanted = { session: session.id, method: asked.shown.session.method, now: asked.now };
      return isSame ? changePassword(now, { user, password, session: wanted }) : currentPasswordWrong;
    },
  });
  if (outcome.outcome === 'refused') return outcome;
  if (before !== null) await parts.records.erase(collections.passwords, before);
  await closeSessionsOf(parts, user, acting, asked.now);
  return done(session);
}
