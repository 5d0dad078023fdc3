import { nounIn, type ToldFact } from '../../facts/fact.ts';

/** True for facts after which services, teams and definitions are to be read again. A revision's last fact stands for all of it. */
export const touchesDefinitions = (fact: ToldFact): boolean => nounIn(fact.subject) === 'definitions';

/** True for facts about people and what they are granted. */
export const touchesPeople = (fact: ToldFact): boolean => nounIn(fact.subject) === 'user';

/** True for facts about tokens. */
export const touchesTokens = (fact: ToldFact): boolean => nounIn(fact.subject) === 'token';

/** A fault in a watched folder changes nothing in force, so no fact tells of it: whoever shows faults asks so often. */
export const faultsUntoldMs = 5_000;
