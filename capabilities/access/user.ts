import { unreachable } from '../../kernel/assert.ts';
import { type Subject, subjectOf } from '../../kernel/fact.ts';
import type { Id } from '../../kernel/id.ts';
import type { Millis } from '../../kernel/time.ts';
import type { SubjectFold } from '../../platform/journal/ledger.ts';
import { parseUserFact, type UserFact } from './facts.ts';
import { type Grant, type GrantId, isPermanentAdmin } from './grant.ts';

export type UserId = Id<'user'>;
export type PasswordId = Id<'password'>;

/** A person who may sign in, as far as the journal knows: name and address stand in records. */
export type User =
  | { readonly status: 'unknown' }
  | { readonly status: 'active'; readonly details: UserDetails }
  | { readonly status: 'disabled'; readonly details: UserDetails }
  | { readonly status: 'erased' };

export type UserDetails = {
  readonly createdAt: Millis;
  /** The record of the password in force; null for who signs in by link only. */
  readonly password: PasswordId | null;
  /** Goes up whenever every session must end. A session of another epoch is over, also where its record still stands. */
  readonly epoch: number;
  readonly grants: readonly Grant[];
};

export const userSubject = (user: string): Subject => subjectOf('user', user);

const detailsOf = (state: User): UserDetails =>
  'details' in state ? state.details : { createdAt: 0, password: null, epoch: 0, grants: [] };

const withDetails = (state: User, change: Partial<UserDetails>): User =>
  'details' in state ? { ...state, details: { ...state.details, ...change } } : state;

/** One grant more; the same id again replaces it. */
const withGrant = (grants: readonly Grant[], grant: Grant): readonly Grant[] => [
  ...grants.filter((other) => other.id !== grant.id),
  grant,
];

function applyUserFact(state: User, fact: UserFact): User {
  const details = detailsOf(state);
  switch (fact.type) {
    case 'user.created':
      return { status: 'active', details: { createdAt: fact.at, password: null, epoch: 0, grants: [] } };
    case 'user.details-changed':
      return state;
    case 'user.grant-added': {
      const { grant, role, scope, until } = fact.data;
      return withDetails(state, { grants: withGrant(details.grants, { id: grant as GrantId, role, scope, until }) });
    }
    case 'user.grant-removed':
      return withDetails(state, { grants: details.grants.filter((grant) => grant.id !== fact.data.grant) });
    case 'user.password-changed':
      return withDetails(state, { password: fact.data.password as PasswordId, epoch: details.epoch + 1 });
    case 'user.disabled':
      return { status: 'disabled', details: { ...details, epoch: details.epoch + 1 } };
    case 'user.erased':
      return { status: 'erased' };
    default:
      return unreachable(fact);
  }
}

export const userFold: SubjectFold<User, UserFact> = {
  name: 'access-users',
  shape: 1,
  noun: 'user',
  initial: { status: 'unknown' },
  parse: parseUserFact,
  apply: applyUserFact,
  isClosed: (state) => state.status === 'erased',
};

/** The grants that somebody has, whether they count now or not; none for who may not sign in. */
export const grantsOf = (state: User | undefined): readonly Grant[] =>
  state?.status === 'active' ? state.details.grants : [];

/** True when this person keeps the installation administered. */
export const isKeeper = (state: User | undefined): boolean => grantsOf(state).some(isPermanentAdmin);
