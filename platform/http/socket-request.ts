import type { IncomingMessage } from 'node:http';
import type { HttpRequest, ReadBody } from './exchange.ts';

/**
 * Reads the body of a socket's request when it is asked for. What is beyond the limit is read from the wire and thrown away
 * (within the time a request may take), because a client that is cut off while sending never sees the answer.
 */
const bodyOf =
  (raw: IncomingMessage): ReadBody =>
  async (bytesMax) => {
    const chunks: Uint8Array[] = [];
    let size = Number(raw.headers['content-length'] ?? 0);
    if (size > bytesMax) return 'too-large';
    size = 0;
    try {
      for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
        size += chunk.length;
        if (size > bytesMax) {
          raw.resume();
          return 'too-large';
        }
        chunks.push(chunk);
      }
    } catch {
      return 'broken-off';
    }
    return Buffer.concat(chunks);
  };

const headersOf = (raw: IncomingMessage): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(raw.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  // Node keeps the first of two Hosts, a proxy before us perhaps the last: together they name no host, and are refused.
  const hosts = raw.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'host');
  if (hosts.length > 1) headers.host = hosts.join(', ');
  return headers;
};

/** An IPv4 caller on a socket that listens on both families, by its own address. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

/** A request off a socket, as the dispatcher takes it. */
export function requestOf(raw: IncomingMessage, signal: AbortSignal): HttpRequest {
  const url = raw.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: raw.method ?? 'GET',
    path: mark === -1 ? url : url.slice(0, mark),
    rawQuery: mark === -1 ? '' : url.slice(mark + 1),
    headers: headersOf(raw),
    body: bodyOf(raw),
    remoteAddress: plainAddress(raw.socket.remoteAddress ?? ''),
    signal,
  };
}
