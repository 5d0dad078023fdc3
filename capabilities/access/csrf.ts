import { type Refusal, refuse } from '../../kernel/decision.ts';
import type { Hashing } from '../../platform/edge/hashing.ts';
import type { Method } from '../../platform/http/route.ts';

export const csrfHeaderName = 'x-plimsoll-csrf';

/** Methods that change something; the others must not. RFC 9110, section 9.2.1. */
export const isUnsafe = (method: Method): boolean => method !== 'GET';

type Headers = Readonly<Record<string, string>>;

const crossSite = (found: string): Refusal =>
  refuse(
    'cross-site',
    `The request came from ${found}; expected the console's own pages. Open the console and try there.`,
  );

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

/**
 * Refuses what another site made the browser send: Sec-Fetch-Site says so itself, Origin names the site. A browser sends at
 * least one of them with every unsafe request, and nothing else holds a session. `platform/http` refuses foreign sites for all
 * routes; this holds even where a proxy in front of it is set up wrongly. https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function refusalOfOrigin(headers: Headers, externalUrl: string): Refusal | null {
  const site = headers['sec-fetch-site'];
  const { origin, host } = headers;
  if (site !== undefined && site !== 'same-origin')
    return crossSite(`another place (Sec-Fetch-Site: ${site.slice(0, 40)})`);
  if (origin !== undefined) {
    const from = hostOf(origin);
    const isOurs = from !== null && (from === host || from === hostOf(externalUrl));
    return isOurs ? null : crossSite(`origin ${origin.slice(0, 100)}`);
  }
  return site === undefined ? crossSite('a client that names no Origin') : null;
}

/** Refuses an unsafe request by session that does not carry the session's own token: other sites cannot read it. */
export function refusalOfToken(headers: Headers, csrfToken: string, hashing: Hashing): Refusal | null {
  const given = headers[csrfHeaderName];
  if (given !== undefined && hashing.same(given, csrfToken)) return null;
  const found = given === undefined ? 'is missing' : 'is not the one of this session';
  return refuse(
    'csrf-refused',
    `The header ${csrfHeaderName} ${found}; expected csrfToken of GET /api/v1/session. Load the page anew.`,
  );
}
