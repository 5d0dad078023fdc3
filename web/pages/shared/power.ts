import type { GrantScope, Role } from '../../wire.ts';

/** What each role is for, in a line. */
export const roleNotes: Readonly<Record<Role, string>> = {
  viewer: 'sees services, definitions and the journal',
  responder: 'and answers incidents',
  maintainer: 'and applies definitions, reads the audit',
  admin: 'and manages people and tokens',
};

/** A scope in words: `everything`, `team harbour`, `service checkout`. */
export function reachOf(scope: GrantScope): string {
  if (scope.kind === 'all') return 'everything';
  return scope.kind === 'team' ? `team ${scope.team}` : `service ${scope.service}`;
}

/** A scope as one text of a list to choose from; `scopeOf` reads it back. */
export const textOfReach = (scope: GrantScope): string => {
  if (scope.kind === 'all') return 'all';
  return scope.kind === 'team' ? `team:${scope.team}` : `service:${scope.service}`;
};

export function reachOfText(text: string): GrantScope {
  const [kind, name = ''] = text.split(/:(.*)/s, 2);
  if (kind === 'team') return { kind, team: name };
  return kind === 'service' ? { kind, service: name } : { kind: 'all' };
}

/** The end of a day that a date field names (`2026-12-01`), in UTC; null when it names none. */
export function endOfDay(date: string): number | null {
  const start = Date.parse(`${date}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(date) && Number.isFinite(start) ? start + 86_400_000 - 1 : null;
}
