import type { AnyRoute } from '../../platform/http/route.ts';

/** From the least to the most; each holds what the one before it holds. */
export const roles = ['viewer', 'responder', 'maintainer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What each role adds to the one before it. A later capability adds its permissions here, in the change that adds its routes. */
const addedByRole: Readonly<Record<Role, readonly string[]>> = {
  viewer: ['services.read', 'definitions.read', 'journal.read', 'people.read'],
  responder: [],
  maintainer: ['definitions.apply', 'audit.read', 'tokens.read'],
  admin: ['tokens.manage', 'access.manage'],
};

const rankOf = (role: Role): number => roles.indexOf(role);

/** True when `held` is the asked role or one above it. */
export const isAtLeast = (held: Role, asked: Role): boolean => rankOf(held) >= rankOf(asked);

/** Everything a role may do, in the order of the table. */
export const permissionsOf = (role: Role): readonly string[] =>
  roles.slice(0, rankOf(role) + 1).flatMap((each) => addedByRole[each]);

/** Everything anybody may do. */
export const permissions: ReadonlySet<string> = new Set(permissionsOf('admin'));

/** The roles that hold a permission; none when there is no such permission. */
export const rolesWith = (permission: string): readonly Role[] =>
  roles.filter((role) => permissionsOf(role).includes(permission));

const holders: Readonly<Record<string, string>> = {
  open: 'everyone, also without signing in',
  'signed-in': 'everyone who is signed in',
};

const cellsOf = (permission: string): readonly string[] => {
  const held: readonly string[] = permission in holders ? roles : rolesWith(permission);
  return roles.map((role) => (held.includes(role) ? 'yes' : '–'));
};

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/**
 * The reference of who may do what, as Markdown: a row for each route, a column for each role.
 * @param routes all routes that the server serves, in any order
 */
export function permissionTable(routes: readonly AnyRoute[]): string {
  const byPath = (left: AnyRoute, right: AnyRoute): number => {
    const [one, other] = [`${left.path} ${left.method}`, `${right.path} ${right.method}`];
    return one < other ? -1 : Number(one > other);
  };
  const head = ['route', 'what it does', 'permission', ...roles];
  const rows = [...routes]
    .sort(byPath)
    .map((route) =>
      rowOf([
        `\`${route.method} ${route.path}\``,
        route.summary.replaceAll('|', '\\|'),
        holders[route.permission] ?? `\`${route.permission}\``,
        ...cellsOf(route.permission),
      ]),
    );
  return [
    '# Permissions',
    '',
    'Generated from the routes and from `capabilities/access/permissions.ts`; do not edit. A role is granted over the whole',
    'fleet, over the services of a team, or over one service; a row holds within that scope. Each role holds what the role to',
    'its left holds.',
    '',
    rowOf(head),
    rowOf(head.map(() => '---')),
    ...rows,
    '',
  ].join('\n');
}
