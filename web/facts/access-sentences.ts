import type { Names, Teller } from '../sentences.ts';
import { countedOf, dayOf } from '../words.ts';
import { idIn, numberIn, type ToldFact, textIn } from './fact.ts';

const personIn = (fact: ToldFact, names: Names): string => names.person(textIn(fact, 'user'));
const subjectPerson = (fact: ToldFact, names: Names): string => names.person(idIn(fact.subject));
const subjectToken = (fact: ToldFact, names: Names): string => names.token(idIn(fact.subject));

/** A scope as facts hold it (`all`, `team:crew`, `service:checkout`) in words. */
export function scopeWords(scope: string): string {
  if (scope === 'all' || scope === '') return 'everything';
  const [kind, name] = scope.split(/:(.*)/s, 2);
  return kind === 'team' ? `the services of team ${name}` : `service ${name}`;
}

const untilWords = (fact: ToldFact, name: string): string => {
  const until = numberIn(fact, name);
  return until === null ? 'without an end' : `until ${dayOf(until, fact.at)}`;
};

const personHref = '/people';
const tokenHref = '/tokens';

const peopleTold: Readonly<Record<string, Teller>> = {
  'user.created': (fact, names) => ({
    text: `${subjectPerson(fact, names)} may sign in`,
    glyph: 'role',
    href: personHref,
  }),
  'user.details-changed': (fact, names) => ({
    text: `Name or address of ${subjectPerson(fact, names)} changed`,
    glyph: 'role',
    href: personHref,
  }),
  'user.grant-added': (fact, names) => ({
    text: `${subjectPerson(fact, names)} is ${textIn(fact, 'role')} for ${scopeWords(textIn(fact, 'scope'))}`,
    glyph: 'gate',
    detail: `Granted ${untilWords(fact, 'until')}`,
    href: personHref,
  }),
  'user.grant-removed': (fact, names) => ({
    text: `A grant of ${subjectPerson(fact, names)} removed`,
    glyph: 'gate',
    href: personHref,
  }),
  'user.password-changed': (fact, names) => ({
    text: `Password of ${subjectPerson(fact, names)} set`,
    glyph: 'role',
  }),
  'user.disabled': (fact, names) => ({
    text: `${subjectPerson(fact, names)} may not sign in any more`,
    glyph: 'role',
    href: personHref,
  }),
  'user.erased': () => ({ text: 'Personal data of a former member erased', glyph: 'role' }),
};

const endWords: Readonly<Record<string, string>> = {
  'signed-out': 'signed out',
  idle: 'was signed out, idle for too long',
  'too-old': 'was signed out, the session was too old',
  'password-changed': 'was signed out elsewhere, the password changed',
  replaced: 'signed in anew, the session before ended',
  'person-disabled': 'was signed out and disabled',
  'person-erased': 'was signed out and erased',
};

const sessionsTold: Readonly<Record<string, Teller>> = {
  'session.started': (fact, names) => ({
    text: `${personIn(fact, names)} signed in by ${textIn(fact, 'method') === 'link' ? 'a one-time link' : 'password'}`,
    glyph: 'role',
  }),
  'session.ended': (fact, names) => ({
    text: `${personIn(fact, names)} ${endWords[textIn(fact, 'reason')] ?? 'was signed out'}`,
    glyph: 'role',
  }),
  'sign-in-link.issued': (fact, names) => ({ text: `Sign-in link made for ${personIn(fact, names)}`, glyph: 'role' }),
  'sign-in-link.used': (fact, names) => ({ text: `Sign-in link of ${personIn(fact, names)} used`, glyph: 'role' }),
  'sign-in-link.lapsed': (fact, names) => ({
    text: `Sign-in link of ${personIn(fact, names)} lapsed unused`,
    glyph: 'role',
  }),
};

const revokedWords: Readonly<Record<string, string>> = {
  asked: 'revoked',
  expired: 'expired',
  'maker-erased': 'revoked, its maker was erased',
};

const tokensTold: Readonly<Record<string, Teller>> = {
  'token.created': (fact, names) => ({
    text: `Token ${subjectToken(fact, names)} made`,
    glyph: 'gate',
    detail: `${textIn(fact, 'role')} for ${scopeWords(textIn(fact, 'scope'))}, ${untilWords(fact, 'expiresAt')}`,
    href: tokenHref,
  }),
  'token.revoked': (fact, names) => ({
    text: `Token ${subjectToken(fact, names)} ${revokedWords[textIn(fact, 'reason')] ?? 'revoked'}`,
    glyph: 'gate',
    href: tokenHref,
  }),
  'access.refusals-counted': (fact) => ({
    text: `${countedOf(numberIn(fact, 'total') ?? 0, 'request')} refused`,
    glyph: 'did-not-match',
    href: '/audit',
  }),
};

export const accessSentences: Readonly<Record<string, Teller>> = { ...peopleTold, ...sessionsTold, ...tokensTold };
