import type { TSchema } from 'typebox';
import { pointerTo } from '../../kernel/json.ts';
import type { AnyRoute } from './route.ts';
import { segmentsOf } from './router.ts';
import { nodeOf, propertiesOf, type SchemaNode } from './schema-node.ts';

/** The program's own table of routes is wrong: it does not start. */
export class RouteTableError extends Error {
  override readonly name = 'RouteTableError';
}

const namesOf = (schema: TSchema | undefined): readonly string[] =>
  schema === undefined ? [] : Object.keys(propertiesOf(nodeOf(schema)));

const parametersOf = (path: string): readonly string[] =>
  segmentsOf(path)
    .filter((segment) => segment.startsWith(':'))
    .map((segment) => segment.slice(1));

const permissionFaults = (route: AnyRoute, permissions: ReadonlySet<string>): readonly string[] => {
  const { permission, scopeOf } = route;
  if (typeof permission !== 'string') return ['has no permission; give it "open", "signed-in" or one that roles hold'];
  const isNamed = permission !== 'open' && permission !== 'signed-in';
  if (isNamed && !permissions.has(permission)) {
    return [`needs the permission "${permission}", which no role can hold; add it to the table of permissions`];
  }
  return scopeOf !== undefined && !isNamed ? [`has a scope, but its permission "${permission}" has none`] : [];
};

const pathFaults = (route: AnyRoute): readonly string[] => {
  if (!/^(\/(:[a-z][A-Za-z]*|[a-z0-9._-]+))+$/.test(route.path)) {
    return [`has the path "${route.path}"; expected lower-case steps and parameters as ":name"`];
  }
  const inPath = parametersOf(route.path);
  const inShape = namesOf(route.shape.params);
  const missing = inPath.filter((name) => !inShape.includes(name)).map((name) => `does not describe ":${name}"`);
  const idle = inShape.filter((name) => !inPath.includes(name)).map((name) => `describes "${name}", not in its path`);
  return [...missing, ...idle];
};

/** Places in a body's schema that take members which it does not name: a misspelt one would be dropped without a word. */
function openPlaces(node: SchemaNode, pointer: string): readonly string[] {
  const { anyOf, items } = node;
  if (anyOf !== undefined) return anyOf.flatMap((branch) => openPlaces(branch, pointer));
  if (items !== undefined) return [items].flat().flatMap((item) => openPlaces(item, pointerTo(pointer, 'items')));
  if (node.type !== 'object') return [];
  const isOpen = node.additionalProperties === undefined && node.patternProperties === undefined;
  const members = Object.entries(node.properties ?? {});
  return [
    ...(isOpen ? [pointer] : []),
    ...members.flatMap(([key, member]) => openPlaces(member, pointerTo(pointer, key))),
  ];
}

const bodyFaults = ({ shape }: AnyRoute): readonly string[] =>
  shape.body === undefined
    ? []
    : openPlaces(nodeOf(shape.body), '/body').map(
        (place) => `takes unknown members at ${place}; give the object additionalProperties: false, or true on purpose`,
      );

const shapeFaults = (route: AnyRoute): readonly string[] => {
  const faults: string[] = [];
  if (!/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(route.name))
    faults.push('has no name of the form capability.verb-noun');
  if (route.shape.reply === undefined) faults.push('has no schema of its reply');
  if (route.method === 'GET' && route.shape.body !== undefined) faults.push('takes a body with GET');
  return faults;
};

/** Names that stand more than once. */
const repeated = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.filter((name, index) => names.indexOf(name) !== index));

/** The place a route answers at, whatever its parameters are called. */
const placeOf = (route: AnyRoute): string => `${route.method} ${route.path.replaceAll(/:[^/]+/g, ':')}`;

/** Every reason why this table may not be served, each with the route's name. */
export function routeFaults(routes: readonly AnyRoute[], permissions: ReadonlySet<string>): readonly string[] {
  const namesTwice = repeated(routes.map((route) => route.name));
  const placesTwice = repeated(routes.map(placeOf));
  return routes.flatMap((route) =>
    [
      ...permissionFaults(route, permissions),
      ...pathFaults(route),
      ...shapeFaults(route),
      ...bodyFaults(route),
      ...(namesTwice.has(route.name) ? ['shares its name with another route'] : []),
      ...(placesTwice.has(placeOf(route)) ? ['answers where another route does'] : []),
    ].map((fault) => `route ${route.name} (${route.method} ${route.path}) ${fault}`),
  );
}

/** Refuses to start with a table that is wrong. @throws RouteTableError naming each route and what is wrong with it */
export function assertRoutes(routes: readonly AnyRoute[], permissions: ReadonlySet<string>): void {
  const faults = routeFaults(routes, permissions);
  if (faults.length > 0) throw new RouteTableError(`the routes cannot be served:\n- ${faults.join('\n- ')}`);
}
