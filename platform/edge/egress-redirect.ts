import { type EgressRefusal, type Hop, readUrl } from './egress-request.ts';

const refused = (detail: string): EgressRefusal => ({ outcome: 'refused', code: 'redirect-not-allowed', detail });

/** Headers that say nothing about who asks: all that goes along to another origin. A caller's own header may hold a key. */
const harmlessHeaders: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'accept-language', 'user-agent']);
const bodyHeader = /^content-/;

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** After 303, and after 301 or 302 to a POST, the new place is read with GET (Fetch standard, HTTP-redirect fetch, step 12). */
const becomesGet = (status: number, method: string): boolean =>
  status === 303 ? method !== 'GET' && method !== 'HEAD' : method === 'POST' && (status === 301 || status === 302);

/**
 * The hop that an answer asks for; null when it asks for none. Across origins only harmless headers go along, and a body
 * never does: it may hold what was meant for the first origin only. From https to http nothing is sent on.
 */
export function hopAfter(hop: Hop, status: number, location: string | undefined): Hop | EgressRefusal | null {
  if (!isRedirect(status) || location === undefined) return null;
  const from = hop.url.origin;
  const resolved = URL.parse(location, hop.url.href);
  if (resolved === null) return refused(`${from} redirects to a place that cannot be read as a URL`);
  const url = readUrl(resolved.href);
  if (!(url instanceof URL)) return refused(`${from} redirects to where nothing is sent: ${url.detail}`);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    return refused(`${from} redirects from https to ${url.origin}; name that address itself if plain http is meant`);
  }
  const isSameOrigin = url.origin === from;
  const toGet = becomesGet(status, hop.method);
  if (!isSameOrigin && !toGet && hop.body !== null) {
    return refused(`${from} redirects a request with a body to ${url.origin}; send it to that address itself`);
  }
  const goesAlong = (name: string): boolean =>
    (isSameOrigin || harmlessHeaders.has(name)) && !(toGet && bodyHeader.test(name));
  return {
    method: toGet ? 'GET' : hop.method,
    url,
    headers: new Map([...hop.headers].filter(([name]) => goesAlong(name))),
    body: toGet ? null : hop.body,
  };
}
