import type { Problem } from '../../kernel/problem.ts';
import type { Millis } from '../../kernel/time.ts';
import type { Cookie, Identity, Method, Permission } from './route.ts';

/** What authentication may look at. */
export interface Credentials {
  readonly method: Method;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly remoteAddress: string;
  readonly now: Millis;
}

export type Identified =
  /** `identity` is null for a stranger: fine on open routes only. `cookies` go out with the answer (a rotated session). */
  | { readonly outcome: 'known'; readonly identity: Identity | null; readonly cookies?: readonly Cookie[] }
  /** Credentials were given and are no good (expired, revoked, cross-site): the answer, whatever the route. */
  | { readonly outcome: 'rejected'; readonly problem: Problem; readonly cookies?: readonly Cookie[] };

/** What part of the fleet is touched; empty means all of it. */
export interface Scope {
  readonly service?: string;
  readonly team?: string;
}

/** Access control as the server needs it; `capabilities/access` makes one, `app` hands it in. */
export interface Gate {
  identify(credentials: Credentials): Promise<Identified>;
  /** Null when allowed; otherwise the 403 to answer, saying which permission is missing and who can give it. */
  forbids(identity: Identity, permission: Permission, scope: Scope, now: Millis): Promise<Problem | null>;
  /** All permissions that exist. A route naming another one stops the server from starting. */
  readonly permissions: ReadonlySet<string>;
}
