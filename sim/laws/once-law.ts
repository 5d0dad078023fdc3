import type { Fact, Subject } from '../../kernel/fact.ts';
import { type Law, nameOf } from './law.ts';

/** Types that happen to a subject once and for ever, and those that may not follow them. */
const finals: Readonly<Record<string, string>> = {
  'token.revoked': 'token',
  'session.ended': 'session',
  'sign-in-link.used': 'sign-in-link',
  'sign-in-link.lapsed': 'sign-in-link',
  'user.erased': 'user',
};

/** What is over is over: a duplicated or repeated request revokes, ends, uses and erases once, and nothing comes after. */
export const onceLaw: Law = ({ facts }) => {
  const over = new Map<Subject, Fact>();
  return facts.flatMap((fact) => {
    const end = over.get(fact.subject);
    if (fact.type in finals && end === undefined) over.set(fact.subject, fact);
    return end === undefined ? [] : [`${nameOf(fact)}: comes after ${nameOf(end)}, which is the end of it`];
  });
};

/** A sign-in link is used before it ends, by the clock of the server. */
export const linkLaw: Law = ({ facts }) => {
  const expiresAt = new Map<Subject, number>();
  return facts.flatMap((fact) => {
    if (fact.type === 'sign-in-link.issued') expiresAt.set(fact.subject, Number(fact.data.expiresAt));
    const isLate = fact.type === 'sign-in-link.used' && fact.at >= (expiresAt.get(fact.subject) ?? 0);
    return isLate ? [`${nameOf(fact)}: the link was over`] : [];
  });
};
