import { lookup } from 'node:dns/promises';
import type { Millis } from '../../kernel/time.ts';
import { type AddressRange, type AddressUse, isOpenable, parseAddress, parseRange, refusedUse } from './addresses.ts';
import type { Clock } from './clock.ts';
import { type CheckedAddress, type EgressFailure, type Exchanged, exchange } from './egress-exchange.ts';
import { hopAfter } from './egress-redirect.ts';
import { type EgressRefusal, type Hop, type OutboundRequest, readRequest } from './egress-request.ts';

export type { EgressFailure } from './egress-exchange.ts';
export type { EgressRefusal, OutboundRequest } from './egress-request.ts';

/** All addresses of a name, as text. Rejects, or answers with none, when there are none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** The machine's own resolver, `/etc/hosts` included, so that names of a local network work. */
export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** What came back, with the origin that finally answered. */
export interface OutboundAnswer extends Exchanged {
  readonly origin: string;
  readonly redirectsFollowed: number;
}

export type OutboundResult = OutboundAnswer | EgressRefusal | EgressFailure;

/** Sends a request out. Never rejects: a refusal and a failure are answers. */
export type FetchOut = (request: OutboundRequest) => Promise<OutboundResult>;

export interface EgressOptions {
  /** Ranges of loopback, private or shared addresses that may be reached, in CIDR form: `10.20.0.0/16`. */
  readonly allowPrivate: readonly string[];
  readonly resolve: Resolve;
  readonly clock: Clock;
  /** Further certificate authorities in PEM. */
  readonly certificateAuthorities?: readonly string[];
}

export const egressDefaults = { timeoutMs: 10_000, responseBytesMax: 1_048_576, redirectsMax: 3 } as const;

/** A range of the allow-list that cannot be read: a fault of the configuration, found at start. */
export class EgressConfigError extends Error {
  override readonly name = 'EgressConfigError';
}

const rangeOf = (text: string): AddressRange => {
  const range = parseRange(text);
  if (range !== null) return range;
  throw new EgressConfigError(
    `the list of private ranges that may be reached holds "${text}"; expected an address, a slash and a prefix length with no bits set behind it, such as 10.0.0.0/8 or fd00::/8`,
  );
};

const words: Readonly<Record<Exclude<AddressUse, 'public'>, string>> = {
  loopback: 'a loopback address',
  private: 'a private address',
  shared: 'an address of a carrier’s shared range',
  'link-local': 'a link-local address',
  metadata: 'the metadata service of a cloud',
  multicast: 'a multicast address',
  unspecified: 'an unspecified address',
  translated: 'an IPv6 address that stands for an IPv4 one',
  reserved: 'a reserved address',
};

const addressRefusal = (hostname: string, address: string, use: Exclude<AddressUse, 'public'>): EgressRefusal => {
  const next = isOpenable(use)
    ? 'such addresses are reached only in ranges that the operator has opened; have its range added to that list'
    : 'such addresses are never reached; name a host with a public address';
  const found = hostname === address ? `"${address}" is` : `"${hostname}" stands for ${address},`;
  return { outcome: 'refused', code: 'address-not-allowed', detail: `${found} ${words[use]}; ${next}` };
};

const nameNotFound = (hostname: string): EgressFailure => ({
  outcome: 'failed',
  code: 'name-not-found',
  detail: `no address was found for "${hostname}"; check the spelling and the name server`,
});

/** Resolves once and checks every address: one bad address among good ones refuses them all. */
async function checkedAddresses(
  url: URL,
  resolve: Resolve,
  allowed: readonly AddressRange[],
): Promise<readonly CheckedAddress[] | EgressRefusal | EgressFailure> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const isLiteral = parseAddress(hostname) !== null;
  const found = isLiteral ? [hostname] : await resolve(hostname).catch(() => []);
  if (found.length === 0) return nameNotFound(hostname);
  const checked: CheckedAddress[] = [];
  for (const text of found) {
    const address = parseAddress(text);
    const use = address === null ? 'reserved' : refusedUse(address, allowed);
    if (address === null || use !== null) return addressRefusal(hostname, text, use ?? 'reserved');
    checked.push({ text, family: address.family });
  }
  return checked;
}

const isAddresses = (found: object): found is readonly CheckedAddress[] => Array.isArray(found);

/** The answer of work, or of `otherwise` as soon as the signal aborts; what the work does later is of no interest. */
const unlessAborted = <Value>(signal: AbortSignal, work: Promise<Value>, otherwise: () => Value): Promise<Value> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(otherwise());
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });

interface Limits {
  readonly responseBytesMax: number;
  readonly redirectsMax: number;
  readonly signal: AbortSignal;
}

const tooManyRedirects = (hop: Hop, redirectsMax: number): EgressFailure => ({
  outcome: 'failed',
  code: 'too-many-redirects',
  detail: `${hop.url.origin} redirects more than ${redirectsMax} times; name the final address itself`,
});

const timedOut = (hop: Hop, timeoutMs: Millis): EgressFailure => ({
  outcome: 'failed',
  code: 'timed-out',
  detail: `${hop.url.origin} gave no complete answer within ${timeoutMs} ms`,
});

const givenUp = (hop: Hop): EgressFailure => ({
  outcome: 'failed',
  code: 'aborted',
  detail: `the request to ${hop.url.origin} was given up before an answer came`,
});

type Send = (hop: Hop, limits: Limits) => Promise<Exchanged | EgressRefusal | EgressFailure>;

async function follow(send: Send, hop: Hop, limits: Limits, redirectsFollowed = 0): Promise<OutboundResult> {
  const answer = await send(hop, limits);
  if (answer.outcome !== 'answered') return answer;
  const next = limits.redirectsMax === 0 ? null : hopAfter(hop, answer.status, answer.headers.location);
  if (next === null) return { ...answer, origin: hop.url.origin, redirectsFollowed };
  if ('outcome' in next) return next;
  if (redirectsFollowed === limits.redirectsMax) return tooManyRedirects(hop, limits.redirectsMax);
  return await follow(send, next, limits, redirectsFollowed + 1);
}

/**
 * The one way out over HTTP: reads the URL strictly, resolves the name once, checks every address it stands for, connects to
 * a checked address, checks again at each redirect, and limits time and size.
 * @throws EgressConfigError when a range of the allow-list cannot be read
 */
export function createEgress(options: EgressOptions): FetchOut {
  const { resolve, clock, certificateAuthorities = [] } = options;
  const allowed = options.allowPrivate.map(rangeOf);

  const send: Send = async (hop, { responseBytesMax, signal }) => {
    const resolved = checkedAddresses(hop.url, resolve, allowed);
    const addresses = await unlessAborted<Awaited<typeof resolved>>(signal, resolved, () => givenUp(hop));
    if (!isAddresses(addresses)) return addresses;
    return await exchange(hop, { addresses, responseBytesMax, certificateAuthorities, signal });
  };

  return async (request) => {
    const hop = readRequest(request);
    if ('outcome' in hop) return hop;
    const { timeoutMs, responseBytesMax, redirectsMax } = { ...egressDefaults, ...request };
    const deadline = new AbortController();
    const cancel = clock.after(timeoutMs, () => deadline.abort());
    const signals = request.signal === undefined ? [deadline.signal] : [deadline.signal, request.signal];
    const result = await follow(send, hop, { responseBytesMax, redirectsMax, signal: AbortSignal.any(signals) });
    cancel();
    // Whatever error an abort made on its way through the socket, the caller hears the reason for the abort.
    if (result.outcome !== 'failed') return result;
    if (deadline.signal.aborted) return timedOut(hop, timeoutMs);
    return request.signal?.aborted ? givenUp(hop) : result;
  };
}
