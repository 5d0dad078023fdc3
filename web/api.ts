import type { Problem } from './wire.ts';

/** What a call came to. A problem is an expected answer, so it is a value. */
export type Reply<Value> =
  | { readonly outcome: 'replied'; readonly value: Value }
  | { readonly outcome: 'problem'; readonly problem: Problem };

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface ApiOptions {
  readonly fetch: (path: string, request: RequestInit) => Promise<Response>;
  /** The token that proves that a changing call comes from this console; null while nobody is signed in. */
  readonly csrfToken: () => string | null;
  /** Called when the server does not know the session any more. */
  readonly onSessionEnd: () => void;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Set where a 401 is an answer to the question (is somebody signed in? is this password right?), not the end of a session. */
  readonly isSigningIn?: boolean;
}

/** Calls the server's API: `api('GET', '/api/v1/services')`. Never throws but for an aborted call. */
export type Api = <Value>(method: Method, path: string, options?: CallOptions) => Promise<Reply<Value>>;

const unreachable: Problem = {
  type: '/problems/server-unreachable',
  title: 'The server does not answer',
  status: 0,
  detail:
    'Nothing came back. Is the server running, and this machine on the network? The console tries again by itself.',
};

/** The stable code of a problem: `not-found` of `/problems/not-found`. */
export const codeOf = (problem: Problem): string => problem.type.slice(problem.type.lastIndexOf('/') + 1);

export function createApi(options: ApiOptions): Api {
  return async <Value>(method: Method, path: string, call: CallOptions = {}): Promise<Reply<Value>> => {
    let response: Response;
    try {
      response = await options.fetch(path, requestOf(method, call, options.csrfToken()));
    } catch (cause) {
      if (call.signal?.aborted) throw cause;
      return { outcome: 'problem', problem: unreachable };
    }
    if (response.status === 401 && !call.isSigningIn) options.onSessionEnd();
    return response.ok ? await readValue<Value>(response) : { outcome: 'problem', problem: await problemOf(response) };
  };
}

function requestOf(method: Method, call: CallOptions, csrfToken: string | null): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrfToken !== null) headers['x-plimsoll-csrf'] = csrfToken;
  return {
    method,
    headers,
    credentials: 'same-origin',
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  };
}

async function readValue<Value>(response: Response): Promise<Reply<Value>> {
  const text = await response.text();
  try {
    return { outcome: 'replied', value: (text === '' ? {} : JSON.parse(text)) as Value };
  } catch {
    return { outcome: 'problem', problem: unreadable(response) };
  }
}

/** A problem document as the server wrote it; a stand-in that says so when something between us answered instead. */
async function problemOf(response: Response): Promise<Problem> {
  const document: unknown = await response.json().catch(() => null);
  if (!isProblem(document)) return unreadable(response);
  const requestId = response.headers.get('x-request-id');
  return document.instance === undefined && requestId !== null ? { ...document, instance: requestId } : document;
}

const isProblem = (document: unknown): document is Problem =>
  typeof document === 'object' && document !== null && 'type' in document && 'detail' in document;

const unreadable = (response: Response): Problem => ({
  type: '/problems/unreadable-answer',
  title: 'The answer cannot be read',
  status: response.status,
  detail: `The answer (status ${response.status}) is not one of Plimsoll's. Is there a proxy between you and the server?`,
});
