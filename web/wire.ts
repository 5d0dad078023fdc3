/**
 * What comes over the wire: the shapes of the API's replies. The only door of the console to the rest of the project, and
 * it lets types through, nothing else.
 */
export type { Problem, ProblemPlace } from '../kernel/problem.ts';

export const roles = ['viewer', 'responder', 'maintainer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What part of the fleet a grant or token reaches. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'service'; readonly service: string };

/** `GET /api/v1/session` */
export interface Session {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly roles: readonly Role[];
  readonly permissions: readonly string[];
  readonly csrfToken: string;
  readonly hasPassword: boolean;
  readonly idleEndsAt: number;
  readonly absoluteEndsAt: number;
}
