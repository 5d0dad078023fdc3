import type { Actor } from '../../kernel/fact.ts';
import type { Millis } from '../../kernel/time.ts';
import { isActive, summaryOf } from './grant.ts';
import type { Parts } from './parts.ts';
import type { Role } from './permissions.ts';
import { powerOf, powerViewOf } from './power.ts';
import { type GrantScope, scopeAll, scopeOfText } from './scope.ts';
import type { ShownSession } from './sessions.ts';
import { collections, type GrantRecord, type PersonRecord, type TokenRecord } from './stored.ts';
import { type TokenDetails, tokenFold, tokenSubject } from './token.ts';
import { userFold, userSubject } from './user.ts';

/** Who is signed in, and what they can do: `GET /api/v1/session`. */
export interface SessionView {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly roles: readonly Role[];
  readonly permissions: readonly string[];
  readonly csrfToken: string;
  readonly hasPassword: boolean;
  readonly idleEndsAt: Millis;
  readonly absoluteEndsAt: Millis;
}

export async function viewSession(parts: Parts, shown: ShownSession, now: Millis): Promise<SessionView> {
  const { user } = shown.session;
  const person = await parts.records.get<PersonRecord>(collections.people, user);
  const state = parts.ledger.statesOf(userFold).get(userSubject(user));
  return {
    user: { id: user, name: person?.body.name ?? user, email: person?.body.email ?? '' },
    ...summaryOf(powerOf(`user:${user}`, powerViewOf(parts.ledger)), now),
    csrfToken: shown.csrfToken,
    hasPassword: state?.status === 'active' && state.details.password !== null,
    idleEndsAt: shown.idleEndsAt,
    absoluteEndsAt: shown.session.endsAt,
  };
}

export interface GrantView {
  readonly id: string;
  readonly role: Role;
  readonly scope: GrantScope;
  readonly until: Millis | null;
  /** False once `until` has come. */
  readonly active: boolean;
  /** Shown to those who manage access: somebody wrote it about somebody. */
  readonly reason?: string;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly disabled: boolean;
  readonly grants: readonly GrantView[];
}

/** Everybody who is not erased, oldest first. @param isManager true adds what only those who manage access may see */
export async function viewPeople(parts: Parts, isManager: boolean, now: Millis): Promise<readonly PersonView[]> {
  const people = new Map(
    (await parts.records.list<PersonRecord>(collections.people)).map((row) => [row.key, row.body]),
  );
  const reasons = new Map(
    (await parts.records.list<GrantRecord>(collections.grants)).map((row) => [row.key, row.body]),
  );
  return [...parts.ledger.statesOf(userFold)]
    .flatMap(([subject, state]): readonly PersonView[] => {
      if (!('details' in state)) return [];
      const id = subject.slice('user/'.length);
      const person = people.get(id);
      const grants = state.details.grants.map((grant) => ({
        id: grant.id,
        role: grant.role,
        scope: scopeOfText(grant.scope) ?? scopeAll,
        until: grant.until,
        active: isActive(grant, now),
        ...(isManager ? { reason: reasons.get(grant.id)?.reason ?? '' } : {}),
      }));
      const email = isManager && typeof person?.email === 'string' ? { email: person.email } : {};
      return [{ id, name: person?.name ?? id, ...email, disabled: state.status === 'disabled', grants }];
    })
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

export interface TokenView {
  readonly id: string;
  readonly title: string;
  readonly prefix: string;
  readonly role: Role;
  readonly scope: GrantScope;
  readonly createdAt: Millis;
  readonly createdBy: Actor;
  readonly createdByName: string;
  readonly lastUsedAt: Millis | null;
  readonly expiresAt: Millis;
  readonly revokedAt: Millis | null;
}

/** Live tokens, and those that died within the last 30 days, newest first. */
export async function viewTokens(parts: Parts): Promise<readonly TokenView[]> {
  const names = await namesOf(parts);
  const views: TokenView[] = [];
  for (const { key, body } of await parts.records.list<TokenRecord>(collections.tokens)) {
    const { state } = await parts.ledger.stateOf(tokenFold, tokenSubject(key));
    if (state.status === 'unknown') continue;
    const { role, scope, until }: TokenDetails['holding'] = state.holding;
    views.push({
      id: key,
      title: body.title,
      prefix: body.prefix,
      role,
      scope: scopeOfText(scope) ?? scopeAll,
      createdAt: state.createdAt,
      createdBy: state.maker,
      createdByName: names(state.maker),
      lastUsedAt: body.lastUsedAt,
      expiresAt: until ?? 0,
      revokedAt: state.status === 'revoked' ? state.revokedAt : null,
    });
  }
  return views.reverse();
}

/** What people know an actor (`user:…`) or a subject (`user/…`) by. */
export type NameOf = (actorOrSubject: string) => string;

/** Names from the records: an erased person, or anything without a name, shows as the id. */
export async function namesOf(parts: Parts): Promise<NameOf> {
  const people = await parts.records.list<PersonRecord>(collections.people);
  const tokens = await parts.records.list<TokenRecord>(collections.tokens);
  const names = new Map([
    ...people.map(({ key, body }) => [key, body.name] as const),
    ...tokens.map(({ key, body }) => [key, body.title] as const),
  ]);
  return (text) => {
    const id = text.replace(/^(user|token|system)[:/]/, '');
    return names.get(id) ?? id;
  };
}
