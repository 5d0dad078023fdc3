import { nounIn } from '../../facts/fact.ts';
import { useResource } from '../../resource.ts';
import type { Names } from '../../sentences.ts';
import { may } from '../../session.ts';
import type { PeopleReply, TokensReply } from '../../wire.ts';

/** Names for telling facts: people and tokens as this person may know them; others are told without a name. */
export function useNames(): Names {
  const people = useResource<PeopleReply>(
    may('people.read') ? '/api/v1/people' : null,
    (fact) => nounIn(fact.subject) === 'user',
  ).value;
  const tokens = useResource<TokensReply>(
    may('tokens.read') ? '/api/v1/tokens' : null,
    (fact) => nounIn(fact.subject) === 'token',
  ).value;
  return {
    person: (user) => people?.people.find(({ id }) => id === user)?.name ?? 'somebody',
    token: (token) => tokens?.tokens.find(({ id }) => id === token)?.title ?? 'of a program',
  };
}
