/**
 * Who may import whom. Each zone of the tree states what it may take at run time and what it may take as types only;
 * all else is refused.
 */
import { posix } from 'node:path';
import type { Code, Import } from './code.ts';
import { type Fault, isTest, type Rule } from './rule.ts';
import type { Tree } from './tree.ts';

/** The parts of the platform that touch the machine. */
const partsWithNode = new Set(['journal', 'columns', 'samples', 'records', 'definitions', 'http', 'edge']);

/** The packages that a capability may stand on: schemas, whose types are its own. */
const packagesOfCapabilities = new Set(['typebox']);

/** Where a file belongs: `kernel`, `platform/journal`, `capabilities/access`, `web`, `app` … */
function zoneOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  const isOfPart = (top === 'platform' || top === 'capabilities') && path.split('/').length > 2;
  return isOfPart ? `${top}/${second}` : top;
}

/** A name without its path: `fastify`, `@fastify/static`. */
const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** The path that an import reaches, or undefined for a package or a part of Node. */
function targetOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('/')) return specifier.slice(1);
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
}

interface Request {
  readonly from: string;
  readonly specifier: string;
  readonly isTypeOnly: boolean;
  readonly target: string | undefined;
  readonly order: readonly string[];
}

const isWithin = (target: string | undefined, ...zones: readonly string[]): boolean =>
  target !== undefined && zones.some((zone) => target === zone || target.startsWith(`${zone}/`));

const isPackage = ({ specifier, target }: Request): boolean => target === undefined && !specifier.startsWith('node:');

/** The answer of a zone: undefined when it may, else what it may import, to read after "may import". */
type Law = (request: Request) => string | undefined;

const kernelLaw: Law = ({ target }) => (isWithin(target, 'kernel') ? undefined : 'kernel only');

const promqlLaw: Law = (request) =>
  isWithin(request.target, 'kernel', 'platform/promql') || isPackage(request) ? undefined : 'kernel and packages only';

const platformLaw: Law = (request) => {
  const { from, specifier, isTypeOnly, target } = request;
  const part = from.split('/')[1] ?? '';
  if (specifier.startsWith('node:')) {
    return partsWithNode.has(part) ? undefined : `node:* only in ${[...partsWithNode].join(', ')}`;
  }
  if (isPackage(request) || isWithin(target, 'kernel', `platform/${part}`)) return undefined;
  return isTypeOnly && isWithin(target, 'platform') ? undefined : 'kernel, its own files, and types of other parts';
};

/** The doors of a capability: what others may use of it. */
const isDoor = (target: string, capability: string): boolean =>
  target === `capabilities/${capability}/index.ts` || target === `capabilities/${capability}/facts.ts`;

const capabilityLaw: Law = (request) => {
  const { from, specifier, isTypeOnly, target, order } = request;
  const own = from.split('/')[1] ?? '';
  if (isPackage(request) && packagesOfCapabilities.has(packageOf(specifier))) return undefined;
  if (isWithin(target, 'kernel', 'platform/promql', `capabilities/${own}`)) return undefined;
  if (isTypeOnly && isWithin(target, 'platform')) return undefined;
  const earlier = order.slice(0, Math.max(0, order.indexOf(own)));
  if (target !== undefined && earlier.some((capability) => isDoor(target, capability))) return undefined;
  const doors = earlier.length === 0 ? '' : `, and index.ts or facts.ts of ${earlier.join(', ')}`;
  return `kernel, types of the platform, ${[...packagesOfCapabilities].join(', ')}${doors}`;
};

const webLaw: Law = (request) => {
  const { from, specifier, isTypeOnly, target } = request;
  if (isWithin(target, 'web') || isPackage(request)) return undefined;
  // What builds the console runs in Node, not in a browser.
  if (specifier.startsWith('node:')) return isWithin(from, 'web/build', 'web/vite.config.ts') ? undefined : 'no node:*';
  return from === 'web/wire.ts' && isTypeOnly ? undefined : 'types only from outside, and through web/wire.ts';
};

/** Zones that stand on top: they may import all but the zones named. */
const allBut =
  (...refused: readonly string[]): Law =>
  ({ target }) =>
    isWithin(target, ...refused) ? `anything but ${refused.join(', ')}` : undefined;

const laws: readonly (readonly [zone: RegExp, law: Law])[] = [
  [/^kernel$/, kernelLaw],
  [/^platform\/promql$/, promqlLaw],
  [/^platform\//, platformLaw],
  [/^capabilities/, capabilityLaw],
  [/^web$/, webLaw],
  [/^app$/, allBut('sim', 'tools', 'bench', 'web')],
  [/^sim$/, allBut('tools', 'bench', 'web')],
  // A tool may read the program to write its reference; the program knows no tool.
  [/^tools$/, allBut('sim', 'bench', 'web')],
  [/^bench$/, allBut('sim', 'web')],
];

const lawOf = (path: string): Law | undefined => laws.find(([zone]) => zone.test(zoneOf(path)))?.[1];

const door = /^capabilities\/[^/]+\/(index|facts)\.ts$/;

/**
 * Tests reach further: any part of Node, any package, the tools, any part of the platform. Tests of the app may use the
 * simulation's clock and disk; tests of the console may hold its words against the facts, and in web/browser start the app.
 */
const testLaw: Law = (request) => {
  const { from, target } = request;
  if (target === undefined || isWithin(target, 'tools', 'platform')) return undefined;
  if (isWithin(from, 'app') && isWithin(target, 'sim')) return undefined;
  if (isWithin(from, 'web') && (isWithin(target, 'kernel') || door.test(target))) return undefined;
  if (isWithin(from, 'web/browser') && isWithin(target, 'app')) return undefined;
  return lawOf(from)?.(request);
};

function faultOf(code: Code, { specifier, isTypeOnly, line }: Import, order: readonly string[]): readonly Fault[] {
  const law = isTest(code.path) ? testLaw : lawOf(code.path);
  const target = targetOf(code.path, specifier);
  const may = law?.({ from: code.path, specifier, isTypeOnly, target, order });
  if (may === undefined) return [];
  return [{ path: code.path, line, found: `imports ${specifier}; ${zoneOf(code.path)} may import ${may}` }];
}

/** The order of the capabilities, held against their folders. */
function* orderFaults({ files, capabilityOrder }: Tree): Iterable<Fault> {
  const path = 'capabilities/order.ts';
  const folders = new Set([...files.keys()].map((file) => /^capabilities\/([^/]+)\//.exec(file)?.[1] ?? ''));
  folders.delete('');
  for (const name of folders.difference(new Set(capabilityOrder))) {
    yield { path, line: 0, found: `capabilities/${name}/ has no place in the order` };
  }
  for (const name of new Set(capabilityOrder).difference(folders)) {
    yield { path, line: 0, found: `"${name}" is in the order, but there is no capabilities/${name}/` };
  }
}

export const importLaw: Rule = {
  name: 'import-law',
  where: 'every import, `export from`, `import()` and type import',
  use: 'what the law lets in (ARCHITECTURE.md); what a later capability knows is handed in as a function by app',
  why: 'a part that imports nothing above it can be read, tested and replaced alone',
  faults: ({ code, capabilityOrder }) =>
    code.flatMap((file) => file.imports.flatMap((one) => faultOf(file, one, capabilityOrder))),
};

export const capabilityOrderRule: Rule = {
  name: 'capability-order',
  where: 'capabilities/order.ts against the folders',
  use: 'one line in capabilities/order.ts for each folder',
  why: 'the order is the import law of the capabilities',
  faults: orderFaults,
};
