/**
 * What comes over the wire: the shapes of the API's replies. The only door of the console to the rest of the project, and
 * it lets types through, nothing else.
 */
import type { AuditPage } from '../capabilities/access/audit.ts';
import type { Role } from '../capabilities/access/permissions.ts';
import type { PersonView, SessionView, TokenView } from '../capabilities/access/view.ts';
import type { Named, Service, Team } from '../capabilities/catalog/view.ts';
import type { Fault } from '../platform/definitions/kind.ts';
import type { CloudEvent } from '../platform/journal/cloud-event.ts';

export type { AuditEntry, AuditPage } from '../capabilities/access/audit.ts';
export type { Role } from '../capabilities/access/permissions.ts';
export type { RefusalWindow } from '../capabilities/access/refusals.ts';
export type { GrantScope } from '../capabilities/access/scope.ts';
export type { GrantView, PersonView, TokenView } from '../capabilities/access/view.ts';
export type { Named, Neighbour } from '../capabilities/catalog/view.ts';
export type { Problem, ProblemPlace } from '../kernel/problem.ts';
export type { Fault } from '../platform/definitions/kind.ts';

/** `GET /api/v1/session` */
export type Session = SessionView;

/** `GET /api/v1/people` */
export interface PeopleReply {
  readonly people: readonly PersonView[];
}

/** `POST /api/v1/people` */
export interface InvitedReply {
  readonly id: string;
  readonly signInLink: string;
}

/** `GET /api/v1/tokens` */
export interface TokensReply {
  readonly tokens: readonly TokenView[];
}

/** `POST /api/v1/tokens`: the secret is shown this once. */
export interface MadeTokenReply {
  readonly id: string;
  readonly title: string;
  readonly secret: string;
  readonly expiresAt: number;
}

/** `GET /api/v1/audit` */
export type AuditReply = AuditPage;

/** A fact as the journal sends it: a CloudEvent with its number and its actor. */
export type JournalEvent = CloudEvent;

/** `GET /api/v1/journal` */
export interface JournalPage {
  readonly facts: readonly JournalEvent[];
  readonly next: number | null;
}

/** Roles from the least to the most, for lists to choose from. */
export const roles = ['viewer', 'responder', 'maintainer', 'admin'] as const satisfies readonly Role[];

/** A service as lists show it. */
export interface ServiceEntry extends Named {
  readonly owner: Named;
  readonly tier: number;
  readonly labels: Readonly<Record<string, string>>;
  /** How many it stands on, and how many need it. */
  readonly dependencies: number;
  readonly dependents: number;
}

/** `GET /api/v1/services` */
export interface ServicesReply {
  readonly services: readonly ServiceEntry[];
}

/** One step of a document's history. */
export interface HistoryStep {
  readonly revision: number;
  readonly at: number;
  readonly actor: string;
  readonly change: 'added' | 'changed' | 'moved' | 'removed';
  readonly from: 'folder' | 'api';
  readonly commit: string | null;
  readonly file: string;
  readonly diff: readonly { readonly pointer: string; readonly before?: unknown; readonly after?: unknown }[];
}

/** `GET /api/v1/services/:service` */
export type ServiceReply = Service & { readonly history: readonly HistoryStep[] };

/** `GET /api/v1/teams` */
export interface TeamsReply {
  readonly teams: readonly (Named & { readonly services: number })[];
}

/** `GET /api/v1/teams/:team` */
export type TeamReply = Team & { readonly history: readonly HistoryStep[] };

/** `GET /api/v1/definitions` */
export interface DefinitionsReply {
  readonly revision: number;
  readonly source: { readonly from: 'folder' | 'api'; readonly commit: string | null } | null;
  readonly documents: readonly DocumentEntry[];
  readonly faults: readonly Fault[];
}

/** A document in force; `revision` is the one that set it. */
export interface DocumentEntry {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly revision: number;
}
