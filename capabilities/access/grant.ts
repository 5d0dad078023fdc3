import type { Id } from '../../kernel/id.ts';
import type { Millis } from '../../kernel/time.ts';
import { isAtLeast, permissionsOf, type Role, roles } from './permissions.ts';
import { coversScope, type GrantScope, type OwnerOf, type ScopeText, scopeOfText } from './scope.ts';

export type GrantId = Id<'grant'>;

/** A role over a part of the fleet, for a time. What a grant gives, and what a token carries. */
export type Holding = {
  readonly role: Role;
  readonly scope: ScopeText;
  /** Null: without an end. At this moment it no longer counts. */
  readonly until: Millis | null;
};

/** A holding of a person. Its reason stands in the records: a person wrote it, and it may name others. */
export type Grant = Holding & { readonly id: GrantId };

/**
 * What somebody can do, as layers that must all agree: the grants of a person, or the holding of a token over those of its
 * maker. No layer at all would agree to everything, so there is always one; an empty layer agrees to nothing.
 */
export type Power = readonly [readonly Holding[], ...(readonly Holding[])[]];

/** The power of somebody unknown, disabled, revoked or erased. */
export const noPower: Power = [[]];

/** The power of the program's own tokens: the bootstrap token, and the command line beside the data folder. */
export const fullPower: Power = [[{ role: 'admin', scope: 'all', until: null }]];

/** A time that has not come: expired grants do not count. */
export const isActive = (holding: Holding, now: Millis): boolean => holding.until === null || now < holding.until;

/** An admin of everything, without an end: the installation always keeps one. */
export const isPermanentAdmin = (holding: Holding): boolean =>
  holding.role === 'admin' && holding.scope === 'all' && holding.until === null;

const reaches = (holding: Holding, asked: GrantScope, ownerOf: OwnerOf): boolean => {
  const held = scopeOfText(holding.scope);
  return held !== null && coversScope(held, asked, ownerOf);
};

/** May they, here, now? */
export const allows = (
  power: Power,
  asked: { readonly permission: string; readonly scope: GrantScope; readonly now: Millis; readonly ownerOf: OwnerOf },
): boolean =>
  power.every((layer) =>
    layer.some(
      (holding) =>
        isActive(holding, asked.now) &&
        permissionsOf(holding.role).includes(asked.permission) &&
        reaches(holding, asked.scope, asked.ownerOf),
    ),
  );

const outlasts = (holding: Holding, until: Millis | null): boolean =>
  holding.until === null || (until !== null && until <= holding.until);

/** True when handing on `wanted` hands on no more than they have: not a higher role, a wider scope, or a later end. */
export function coversHolding(power: Power, wanted: Holding, now: Millis, ownerOf: OwnerOf): boolean {
  const scope = scopeOfText(wanted.scope);
  if (scope === null) return false;
  return power.every((layer) =>
    layer.some(
      (holding) =>
        isActive(holding, now) &&
        isAtLeast(holding.role, wanted.role) &&
        outlasts(holding, wanted.until) &&
        reaches(holding, scope, ownerOf),
    ),
  );
}

/** True when they can do anything at all now. */
export const hasPower = (power: Power, now: Millis): boolean =>
  power.every((layer) => layer.some((holding) => isActive(holding, now)));

/** The roles and permissions that somebody has anywhere at all: for a console that shows what can be done. */
export function summaryOf(power: Power, now: Millis): { roles: readonly Role[]; permissions: readonly string[] } {
  const layers = power.map((layer) => layer.filter((holding) => isActive(holding, now)));
  const held = roles.filter((role) => layers.every((layer) => layer.some((holding) => isAtLeast(holding.role, role))));
  return { roles: held, permissions: held.length === 0 ? [] : permissionsOf(held.at(-1) ?? 'viewer') };
}
