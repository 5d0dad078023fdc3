/** What may be asked of the way out: checks of the URL, method and headers before anything is resolved. Pure. */

/** A request as a caller writes it. What is left out comes from `egressDefaults`. */
export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** For everything together: resolving, connecting, redirects, reading the answer. */
  readonly timeoutMs?: number;
  /** Bytes of an answer's body; a longer one fails. */
  readonly responseBytesMax?: number;
  /** How many redirects are followed. With 0 a redirect is itself the answer. */
  readonly redirectsMax?: number;
  /** Gives up early. */
  readonly signal?: AbortSignal;
}

/** A request that passed the checks: one hop of a chain of redirects. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array | null;
}

/** The request was not sent (any further), on purpose. */
export interface EgressRefusal {
  readonly outcome: 'refused';
  readonly code: 'request-not-allowed' | 'address-not-allowed' | 'redirect-not-allowed';
  /** One sentence with the next step. Names origins only: paths of webhooks are secrets. */
  readonly detail: string;
}

const refused = (detail: string): EgressRefusal => ({ outcome: 'refused', code: 'request-not-allowed', detail });

export const urlLengthMax = 8_192;
const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const bodilessMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** The URL reader drops tabs and line ends and takes `\` for `/`: two readers of such a text may disagree on the host. */
const isAmbiguous = (text: string): boolean => /[^\x21-\x7e\u{a1}-\u{10ffff}]|\\/u.test(text);

/** Headers that decide where a message ends or which host it is for: ours alone to write. */
const ownedHeader =
  /^(host|connection|content-length|transfer-encoding|keep-alive|upgrade|te|trailer|expect|accept-encoding|proxy-.*)$/;
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Reads a URL strictly: http or https, no credentials, no characters that two readers understand differently. */
export function readUrl(text: string): URL | EgressRefusal {
  if (text.length > urlLengthMax)
    return refused(`the URL has ${text.length} characters; at most ${urlLengthMax} are sent`);
  if (isAmbiguous(text)) {
    return refused('the URL holds a space, a control character or a backslash; write it percent-encoded');
  }
  const url = URL.parse(text);
  if (url === null) return refused('the URL cannot be read; expected one such as https://example.org/hook');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refused(`the URL starts with "${url.protocol}"; only http: and https: are sent`);
  }
  if (url.username !== '' || url.password !== '') {
    return refused(`the URL for ${url.host} carries a user name or password; send them in an Authorization header`);
  }
  url.hash = '';
  return url;
}

function readHeaders(headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> | EgressRefusal {
  const read = new Map([['user-agent', 'plimsoll']]);
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (!headerName.test(name))
      return refused(`the header name ${JSON.stringify(given)} holds characters no header may`);
    if (ownedHeader.test(name)) return refused(`the header "${given}" is set by the server itself; leave it out`);
    if (!headerValue.test(value))
      return refused(`the value of header "${given}" holds a line end or control character`);
    read.set(name, value);
  }
  // Without this a small answer could unpack into a huge one; bodies are handed on exactly as they came.
  return read.set('accept-encoding', 'identity');
}

const bytesOf = (body: Uint8Array | string): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body;

/** Checks a request. Its address is checked after resolving, by `egress.ts`. */
export function readRequest(request: OutboundRequest): Hop | EgressRefusal {
  const { method, body } = request;
  if (!methods.includes(method)) return refused(`the method is "${method}"; expected one of ${methods.join(', ')}`);
  if (body !== undefined && bodilessMethods.includes(method)) return refused(`a ${method} request carries no body`);
  const url = readUrl(request.url);
  if (!(url instanceof URL)) return url;
  const headers = readHeaders(request.headers ?? {});
  if (!(headers instanceof Map)) return headers as EgressRefusal;
  return { method, url, headers, body: body === undefined ? null : bytesOf(body) };
}
