/** What part of the fleet a grant or a token reaches. */
export type GrantScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'service'; readonly service: string };

/** A scope as facts hold it, flat: `all`, `team:crew`, `service:checkout`. */
export type ScopeText = string;

/** The team that owns a service, or undefined when nobody knows the service. The catalogue answers; `app` hands it in. */
export type OwnerOf = (service: string) => string | undefined;

export const scopeAll: GrantScope = { kind: 'all' };

export function textOfScope(scope: GrantScope): ScopeText {
  if (scope.kind === 'all') return 'all';
  return scope.kind === 'team' ? `team:${scope.team}` : `service:${scope.service}`;
}

/** Reads the text of a scope; null when it is none. */
export function scopeOfText(text: ScopeText): GrantScope | null {
  if (text === 'all') return scopeAll;
  const colon = text.indexOf(':');
  const name = text.slice(colon + 1);
  if (colon < 0 || name === '') return null;
  if (text.startsWith('team:')) return { kind: 'team', team: name };
  return text.startsWith('service:') ? { kind: 'service', service: name } : null;
}

/** The scope that a request touches, as the server names it: a service before a team, and nothing means all. */
export function touchedScope(touched: { readonly service?: string; readonly team?: string }): GrantScope {
  if (touched.service !== undefined) return { kind: 'service', service: touched.service };
  return touched.team === undefined ? scopeAll : { kind: 'team', team: touched.team };
}

/** True when whoever holds a power over `held` holds it over `asked` too. */
export function coversScope(held: GrantScope, asked: GrantScope, ownerOf: OwnerOf): boolean {
  if (held.kind === 'all') return true;
  if (asked.kind === 'all') return false;
  if (held.kind === 'service') return asked.kind === 'service' && asked.service === held.service;
  return asked.kind === 'team' ? asked.team === held.team : ownerOf(asked.service) === held.team;
}
