export { type Access, type AccessOptions, accessFolds, createAccess } from './access.ts';
export { accessFactTypes } from './facts.ts';
export type { IssuedLink } from './links.ts';
export type { Outcome, SystemToken } from './parts.ts';
export { permissions, permissionsOf, permissionTable, type Role, roles } from './permissions.ts';
export type { GrantScope, OwnerOf } from './scope.ts';
export { hasServed, knowsAnybody } from './stored.ts';
