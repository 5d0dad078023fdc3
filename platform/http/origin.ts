import { type Problem, problemOf } from '../../kernel/problem.ts';
import { isAddressLiteral, isLoopback, isWildcard } from './address.ts';

/** Under which names this server answers. */
export interface HostPolicy {
  /** Address that the listener binds to. */
  readonly bind: string;
  /** Where people reach it, such as `https://plimsoll.example`; null when it is only used at its own address. */
  readonly externalUrl: string | null;
  /** Further names, without ports: the machine's own name, a service name in a cluster. */
  readonly names: readonly string[];
}

interface Site {
  readonly name: string;
  /** With the port, when one is said and it is not the usual one of the scheme. */
  readonly host: string;
}

const siteOf = (url: string): Site | null => {
  const parsed = URL.parse(url);
  return parsed === null ? null : { name: parsed.hostname.replace(/\.$/, ''), host: parsed.host };
};

/** A Host header is `name` or `name:port`, and nothing else: no user, path or query may hide in it. */
const siteOfHost = (host: string, scheme: string): Site | null =>
  /^[a-z0-9._-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i.test(host) ? siteOf(`${scheme}//${host}`) : null;

/** Is this a name of ours? An address in figures is fine where the server listens on it: a page cannot be rebound to one. */
const isOurName = (name: string, policy: HostPolicy, external: Site | null): boolean => {
  if (isLoopback(name) || name === external?.name) return true;
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  if (isAddressLiteral(bare) && (isWildcard(policy.bind) || bare === policy.bind)) return true;
  return policy.names.some((known) => known.toLowerCase() === name);
};

const isOurOrigin = (origin: string, host: string, external: Site | null, externalUrl: string | null): boolean => {
  const parsed = URL.parse(origin);
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return false;
  // At the external name the scheme counts too: a page sent over http could have been written by anyone on the way.
  if (external !== null && parsed.host === external.host) return parsed.origin === URL.parse(externalUrl ?? '')?.origin;
  return parsed.host === siteOfHost(host, parsed.protocol)?.host;
};

/**
 * Refuses requests that a foreign web page sends through a user's browser: a `Host` that is not ours is DNS rebinding, an
 * `Origin` that is not ours is cross-site forgery. On loopback too: every page that is open on this machine can reach it.
 * https://fetch.spec.whatwg.org/#origin-header
 * @returns null when the request may go on, otherwise the problem to answer
 */
export function refuseForeignSite(
  headers: Readonly<Record<string, string>>,
  method: string,
  policy: HostPolicy,
): Problem | null {
  const external = policy.externalUrl === null ? null : siteOf(policy.externalUrl);
  const host = headers.host ?? '';
  if (host === '') return noHostProblem;
  const site = siteOfHost(host, 'http:');
  if (site === null || !isOurName(site.name, policy, external)) {
    return problemOf(
      'host-not-known',
      421,
      'The Host header does not name this server. Use its own address, or start it with --external-url and the name that people use.',
    );
  }
  const origin = headers.origin;
  const isForeign = origin !== undefined && !isOurOrigin(origin, host, external, policy.externalUrl);
  return isForeign || isCrossSiteChange(headers, method) ? originProblem : null;
}

/** Browsers say where a request comes from even when they leave Origin out. https://www.w3.org/TR/fetch-metadata/ */
const isCrossSiteChange = (headers: Readonly<Record<string, string>>, method: string): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  headers['sec-fetch-site'] !== undefined &&
  !['same-origin', 'none'].includes(headers['sec-fetch-site']);

/** RFC 9112 section 3.2: a request without a Host is answered with 400. */
const noHostProblem = problemOf(
  'host-missing',
  400,
  'The request has no Host header, which HTTP/1.1 needs. Send the name and port of this server in it.',
);

const originProblem = problemOf(
  'origin-not-known',
  403,
  'This request was sent by a page of another site. Use the console at its own address; programs leave the Origin header out.',
);
