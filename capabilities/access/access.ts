import type { Millis } from '../../kernel/time.ts';
import type { Gate } from '../../platform/http/gate.ts';
import type { AnyRoute, Identity, Permission } from '../../platform/http/route.ts';
import { auditRoute } from './api-audit.ts';
import { peopleRoutes } from './api-people.ts';
import { sessionRoutes } from './api-session.ts';
import { tokenRoutes } from './api-tokens.ts';
import { makeGate } from './gate.ts';
import { allows } from './grant.ts';
import { type IssuedLink, issueSignInLink } from './links.ts';
import type { Acting, Outcome, Parts } from './parts.ts';
import { powerOf, powerViewOf } from './power.ts';
import { reconcile, type Step } from './react.ts';
import { makeRefusalCounter, refusalsFold } from './refusals.ts';
import { scopeAll } from './scope.ts';
import { sessionFold } from './session.ts';
import { linkFold } from './sign-in-link.ts';
import { flushRefusals, issueAdminLink, makeFirstAdmin } from './start.ts';
import { accountThrottle, addressThrottle, makeThrottle } from './throttle.ts';
import { tokenFold } from './token.ts';
import { userFold } from './user.ts';

/** To be folded by the ledger before `createAccess` is called. */
export const accessFolds = [userFold, sessionFold, tokenFold, linkFold, refusalsFold] as const;

/** What this capability is handed; `ownerOf` and `systemTokens` may be left out. */
export type AccessOptions = Pick<
  Parts,
  'ledger' | 'readFacts' | 'records' | 'hashing' | 'ids' | 'secret' | 'externalUrl'
> &
  Partial<Pick<Parts, 'ownerOf' | 'systemTokens'>>;

/** Access control of one server. Everything that takes time is told it. */
export interface Access {
  readonly gate: Gate;
  readonly routes: readonly AnyRoute[];
  /** Makes the first admin and a link, on the first start; null when somebody is there already. */
  makeFirstAdmin(now: Millis): Promise<Outcome<IssuedLink> | null>;
  /** Another link for the first admin, for whoever may read the data folder; null when there is nobody yet. */
  issueAdminLink(now: Millis): Promise<Outcome<IssuedLink> | null>;
  issueSignInLink(asked: { user: string; now: Millis }, acting: Acting): Promise<Outcome<IssuedLink>>;
  /** Brings facts and records in line: with `isStart` before the listeners open, then every minute or so. */
  reconcile(now: Millis, isStart: boolean): Promise<readonly Step[]>;
  /** Whether a caller holds a permission over everything, now. */
  holds(identity: Identity | null, permission: Permission, now: Millis): boolean;
  /** Counts a refusal of a stranger that the gate did not see, such as a request without credentials. */
  countRefusal(code: string, now: Millis): void;
  /** Writes the counts as one fact, at most once a minute, and at the stop. */
  flushRefusals(now: Millis, isStopping: boolean): Promise<boolean>;
}

/** What the functions of this capability work with, made of what it is handed. */
export const makeParts = (options: AccessOptions): Parts => ({
  ownerOf: () => undefined,
  systemTokens: [],
  ...options,
  refusals: makeRefusalCounter(),
  accountTries: makeThrottle(accountThrottle),
  addressTries: makeThrottle(addressThrottle),
  // Worked out beside the start, which must not wait for it.
  decoyPhc: options.hashing.hashPassword(options.secret()),
});

/** Makes access control over a ledger that folds `accessFolds`. */
export const createAccess = (options: AccessOptions): Access => accessOf(makeParts(options));

/** The doors over parts that are made; tests hand in their own. */
export function accessOf(parts: Parts): Access {
  return {
    gate: makeGate(parts),
    routes: [...sessionRoutes(parts), ...peopleRoutes(parts), ...tokenRoutes(parts), auditRoute(parts)],
    makeFirstAdmin: (now) => makeFirstAdmin(parts, now),
    issueAdminLink: (now) => issueAdminLink(parts, now),
    issueSignInLink: (asked, acting) => issueSignInLink(parts, asked, acting),
    reconcile: (now, isStart) => reconcile(parts, now, isStart),
    holds: (identity, permission, now) => {
      if (identity === null) return false;
      const asked = { permission, scope: scopeAll, now, ownerOf: parts.ownerOf };
      return allows(powerOf(identity.actor, powerViewOf(parts.ledger)), asked);
    },
    countRefusal: (code, now) => parts.refusals.count(code, now),
    flushRefusals: (now, isStopping) => flushRefusals(parts, now, isStopping),
  };
}
