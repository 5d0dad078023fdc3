/** One way out: whoever could open a connection by themselves could pass the checks of the egress function by. */
import type { Code } from './code.ts';
import { type Fault, isTest, type Rule } from './rule.ts';

const network = new Set(
  ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises'].map((name) => `node:${name}`),
);
const packages = new Set(['undici', 'ws', 'axios', 'got', 'node-fetch']);

/** Who may, and why. */
const doors: readonly { readonly path: RegExp; readonly why: string }[] = [
  { path: /^platform\/edge\/egress(-[a-z]+)?\.ts$/, why: 'the one way out itself' },
  { path: /^app\/doctor\/program-checks\.ts$/, why: 'it asks whether our own port is taken, at our own address' },
];

const isProduct = (path: string): boolean => /^(kernel|platform|capabilities|app|sim)\//.test(path) && !isTest(path);

const faultsOf = ({ path, imports }: Code): readonly Fault[] =>
  imports
    .filter(({ specifier, isTypeOnly }) => !isTypeOnly && (network.has(specifier) || packages.has(specifier)))
    .map(({ specifier, line }) => ({ path, line, found: `an import of ${specifier}` }));

export const oneWayOut: Rule = {
  name: 'one-way-out',
  where: 'the product, but for the egress function of platform/edge and doors that are named with their reason',
  use: 'the egress function of platform/edge',
  why: 'one way out: there every address is resolved, checked and connected to as it was checked',
  faults: ({ code }) =>
    code.filter(({ path }) => isProduct(path) && !doors.some((door) => door.path.test(path))).flatMap(faultsOf),
};
