import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { assert } from '../../kernel/assert.ts';
import { parseAddress } from './addresses.ts';
import type { Hop } from './egress-request.ts';

/** An answer as it came: the body is not unpacked. */
export interface Exchanged {
  readonly outcome: 'answered';
  readonly status: number;
  /** Lower-case names; a header sent several times is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The request may or may not have arrived; nothing usable came back. */
export interface EgressFailure {
  readonly outcome: 'failed';
  readonly code:
    | 'name-not-found'
    | 'connection-failed'
    | 'timed-out'
    | 'response-too-large'
    | 'too-many-redirects'
    | 'aborted';
  /** One sentence. Names origins only: paths of webhooks are secrets. */
  readonly detail: string;
}

export interface ExchangeOptions {
  /** The addresses that were checked, and nothing else, are connected to. */
  readonly addresses: readonly CheckedAddress[];
  readonly responseBytesMax: number;
  /** Further certificate authorities in PEM, beside those that Node trusts; for a company's own. */
  readonly certificateAuthorities: readonly string[];
  readonly signal: AbortSignal;
}

export interface CheckedAddress {
  readonly text: string;
  readonly family: 4 | 6;
}

/** Answers every look-up with the addresses that were checked: the name is not resolved a second time. */
const pinnedTo = (addresses: readonly CheckedAddress[]): LookupFunction => {
  const all = addresses.map(({ text, family }) => ({ address: text, family }));
  const [first] = all;
  assert(first !== undefined, 'an exchange has an address to connect to');
  return (_name, options, callback) => {
    if (options.all) callback(null, all);
    else callback(null, first.address, first.family);
  };
};

const isChecked = (peer: string, addresses: readonly CheckedAddress[]): boolean => {
  const found = parseAddress(peer);
  return addresses.some(({ text, family }) => found?.family === family && found.bits === parseAddress(text)?.bits);
};

const causeOf = (error: Error & { code?: string }): string => {
  // Where several addresses were tried, node wraps their errors without a message of its own.
  const inner = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : undefined;
  return inner?.message ?? (error.message || (error.code ?? 'no reason given'));
};

const failed = (code: EgressFailure['code'], detail: string): EgressFailure => ({ outcome: 'failed', code, detail });

const headersOf = (answer: http.IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(answer.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]));

const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

function open(hop: Hop, options: ExchangeOptions): http.ClientRequest {
  const lookup = pinnedTo(options.addresses);
  const { url } = hop;
  const common = {
    method: hop.method,
    host: bareHost(url),
    port: url.port === '' ? undefined : Number(url.port),
    path: `${url.pathname}${url.search}`,
    headers: Object.fromEntries(hop.headers),
    // A connection of its own: a pooled one was checked for another request, maybe long ago.
    agent: false,
    insecureHTTPParser: false,
    signal: options.signal,
    lookup,
  } as const;
  if (url.protocol === 'http:') return http.request(common);
  // Said aloud so that NODE_TLS_REJECT_UNAUTHORIZED in the environment does not switch it off.
  const trust = options.certificateAuthorities.length === 0 ? {} : { ca: [...options.certificateAuthorities] };
  return https.request({ ...common, rejectUnauthorized: true, ...trust });
}

/** Sends one request to one of the checked addresses and reads the answer. Follows nothing. Never rejects. */
export function exchange(hop: Hop, options: ExchangeOptions): Promise<Exchanged | EgressFailure> {
  const { origin } = hop.url;
  return new Promise((resolve) => {
    const request = open(hop, options);
    const fail = (code: EgressFailure['code'], detail: string): void => {
      resolve(failed(code, detail));
      request.destroy();
    };
    const failOn = (error: Error): void =>
      fail('connection-failed', `${origin} gave no usable answer: ${causeOf(error)}`);
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        const peer = socket.remoteAddress ?? '';
        if (!isChecked(peer, options.addresses)) {
          fail('connection-failed', `${origin} was connected at "${peer}", which had not been checked`);
        }
      });
    });
    request.on('response', (answer) => {
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      answer.on('data', (chunk: Uint8Array) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes <= options.responseBytesMax) return;
        fail('response-too-large', `${origin} answers with more than the ${options.responseBytesMax} bytes allowed`);
      });
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        resolve({ outcome: 'answered', status: answer.statusCode ?? 0, headers: headersOf(answer), body });
      });
      answer.on('error', failOn);
    });
    request.on('error', failOn);
    // An answer that changes protocol, or a connection that ends without an error, must not leave the caller waiting.
    request.on('close', () => failOn(new Error('the connection was closed before the answer was complete')));
    request.end(hop.body ?? undefined);
  });
}
