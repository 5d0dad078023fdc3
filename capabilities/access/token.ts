import { unreachable } from '../../kernel/assert.ts';
import { type Actor, type Subject, subjectOf } from '../../kernel/fact.ts';
import type { Id } from '../../kernel/id.ts';
import type { Millis } from '../../kernel/time.ts';
import type { SubjectFold } from '../../platform/journal/ledger.ts';
import { parseTokenFact, type TokenFact } from './facts.ts';
import type { Holding } from './grant.ts';

export type TokenId = Id<'token'>;

/** A token for programs. Its title and the fingerprint of its secret stand in records. */
export type Token =
  | { readonly status: 'unknown' }
  | ({ readonly status: 'live' } & TokenDetails)
  | ({ readonly status: 'revoked'; readonly revokedAt: Millis } & TokenDetails);

export type TokenDetails = {
  readonly holding: Holding;
  readonly maker: Actor;
  readonly createdAt: Millis;
};

export type LiveToken = Extract<Token, { status: 'live' }>;

export const tokenSubject = (token: string): Subject => subjectOf('token', token);

function applyTokenFact(state: Token, fact: TokenFact): Token {
  switch (fact.type) {
    case 'token.created': {
      const { role, scope, expiresAt } = fact.data;
      const holding: Holding = { role, scope, until: expiresAt };
      return { status: 'live', holding, maker: fact.actor, createdAt: fact.at };
    }
    case 'token.revoked':
      return state.status === 'live' ? { ...state, status: 'revoked', revokedAt: fact.at } : state;
    default:
      return unreachable(fact);
  }
}

export const tokenFold: SubjectFold<Token, TokenFact> = {
  name: 'access-tokens',
  shape: 1,
  noun: 'token',
  initial: { status: 'unknown' },
  parse: parseTokenFact,
  apply: applyTokenFact,
  isClosed: (state) => state.status === 'revoked',
};
