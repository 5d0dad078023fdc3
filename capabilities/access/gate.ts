import type { Refusal } from '../../kernel/decision.ts';
import { type Problem, problemOf, problemOfRefusal } from '../../kernel/problem.ts';
import type { Millis } from '../../kernel/time.ts';
import type { Credentials, Gate, Identified, Scope } from '../../platform/http/gate.ts';
import type { Identity, Permission } from '../../platform/http/route.ts';
import { isUnsafe, refusalOfOrigin, refusalOfToken } from './csrf.ts';
import { allows } from './grant.ts';
import type { Parts } from './parts.ts';
import { permissions, rolesWith } from './permissions.ts';
import { powerOf, powerViewOf } from './power.ts';
import { textOfScope, touchedScope } from './scope.ts';
import { sessionCookieName, showSession } from './sessions.ts';
import { showToken, tokenRefused } from './tokens.ts';

/** Signing in starts from nothing: a session that is left from before must not get in its way. */
const signInPaths: ReadonlySet<string> = new Set(['/api/v1/session', '/api/v1/session/link']);

const stranger: Identified = { outcome: 'known', identity: null };

/** The token of an Authorization header; null when there is none, or one of another scheme (a proxy's own). RFC 6750. */
const bearerOf = (header: string | undefined): string | null => /^bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;

function rejected(parts: Parts, refusal: Refusal, status: number, now: Millis): Identified {
  parts.refusals.count(refusal.code, now);
  return { outcome: 'rejected', problem: problemOfRefusal(refusal, status) };
}

async function identifyToken(parts: Parts, text: string, now: Millis): Promise<Identified> {
  const shown = await showToken(parts, text, now);
  if (shown === null) return rejected(parts, tokenRefused, 401, now);
  const by = shown.actor.startsWith('system:') ? 'bootstrap' : 'token';
  return { outcome: 'known', identity: { actor: shown.actor, by, credential: shown.id } };
}

async function identifySession(parts: Parts, cookie: string, credentials: Credentials): Promise<Identified> {
  const { headers, method, now } = credentials;
  const shown = await showSession(parts, cookie, now);
  // A session that is over makes a stranger, not an error: the sign-in page must open. The cookie is not erased here, since
  // this answer may arrive after that of a new sign-in.
  if (shown === null) {
    parts.refusals.count('session-over', now);
    return stranger;
  }
  if (isUnsafe(method)) {
    const refusal =
      refusalOfOrigin(headers, parts.externalUrl) ?? refusalOfToken(headers, shown.csrfToken, parts.hashing);
    if (refusal !== null) return rejected(parts, refusal, 403, now);
  }
  const identity: Identity = { actor: `user:${shown.session.user}`, by: 'session', credential: shown.id };
  return shown.cookies.length === 0
    ? { outcome: 'known', identity }
    : { outcome: 'known', identity, cookies: shown.cookies };
}

function forbidden(permission: Permission, scope: Scope): Problem {
  const where = textOfScope(touchedScope(scope));
  const names = rolesWith(permission);
  return problemOf(
    'forbidden',
    403,
    `This needs ${permission} over ${where === 'all' ? 'everything' : where}, which ${names.join(', ')} hold${names.length === 1 ? 's' : ''}. ` +
      'An admin can grant it on the People page.',
    { data: { permission, scope: where, roles: names } },
  );
}

/** Access control for the server. */
export const makeGate = (parts: Parts): Gate => ({
  permissions,
  async identify(credentials) {
    const bearer = bearerOf(credentials.headers.authorization);
    if (bearer !== null) return identifyToken(parts, bearer, credentials.now);
    const cookie = credentials.cookies[sessionCookieName];
    if (cookie === undefined) return stranger;
    if (credentials.method === 'POST' && signInPaths.has(credentials.path)) return stranger;
    return identifySession(parts, cookie, credentials);
  },
  async forbids(identity, permission, scope, now) {
    if (permission === 'open' || permission === 'signed-in') return null;
    const asked = { permission, scope: touchedScope(scope), now, ownerOf: parts.ownerOf };
    if (allows(powerOf(identity.actor, powerViewOf(parts.ledger)), asked)) return null;
    parts.refusals.count('forbidden', now);
    return forbidden(permission, scope);
  },
});
