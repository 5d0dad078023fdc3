import { unreachable } from '../../kernel/assert.ts';
import { type Subject, subjectOf } from '../../kernel/fact.ts';
import type { Id } from '../../kernel/id.ts';
import { type Millis, minute } from '../../kernel/time.ts';
import type { SubjectFold } from '../../platform/journal/ledger.ts';
import { type LinkFact, parseLinkFact } from './facts.ts';

export type LinkId = Id<'sign-in-link'>;

/** A link that signs one person in, once. Used or lapsed, it is spent. */
export type SignInLink =
  | { readonly status: 'unknown' }
  | { readonly status: 'issued'; readonly user: string; readonly expiresAt: Millis }
  | { readonly status: 'spent' };

/** How long a link is good for. */
export const linkLifeMs: Millis = 15 * minute;

export const linkSubject = (link: string): Subject => subjectOf('sign-in-link', link);

function applyLinkFact(_state: SignInLink, fact: LinkFact): SignInLink {
  switch (fact.type) {
    case 'sign-in-link.issued':
      return { status: 'issued', user: fact.data.user, expiresAt: fact.data.expiresAt };
    case 'sign-in-link.used':
    case 'sign-in-link.lapsed':
      return { status: 'spent' };
    default:
      return unreachable(fact);
  }
}

export const linkFold: SubjectFold<SignInLink, LinkFact> = {
  name: 'access-sign-in-links',
  shape: 1,
  noun: 'sign-in-link',
  initial: { status: 'unknown' },
  parse: parseLinkFact,
  apply: applyLinkFact,
  isClosed: (state) => state.status === 'spent',
};
