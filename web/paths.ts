/** Parameters of a matched address, by name: `/services/:service` on `/services/checkout` gives `{ service: 'checkout' }`. */
export type PathParameters = Readonly<Record<string, string>>;

const stepsOf = (path: string): readonly string[] => path.split('/').filter((step) => step !== '');

/** The text of one step as a person wrote it, or null when its percent signs make no character. */
function decoded(step: string): string | null {
  try {
    return decodeURIComponent(step);
  } catch {
    return null;
  }
}

/**
 * Holds an address against a pattern.
 * @param pattern steps, of which those that begin with `:` are parameters and match any one step
 * @returns the parameters, decoded; null when it is another address
 */
export function matchPath(pattern: string, path: string): PathParameters | null {
  const wanted = stepsOf(pattern);
  const found = stepsOf(path);
  if (wanted.length !== found.length) return null;
  const parameters: Record<string, string> = {};
  for (const [place, step] of wanted.entries()) {
    const text = decoded(found[place] ?? '');
    if (text === null) return null;
    if (step.startsWith(':')) parameters[step.slice(1)] = text;
    else if (step !== text) return null;
  }
  return parameters;
}

/** An address of the console: steps are encoded, so that a name may hold any character. `pathTo('services', name)`. */
export const pathTo = (...steps: readonly string[]): string => `/${steps.map(encodeURIComponent).join('/')}`;

/** Changes to a query: a text sets, null or an empty text takes away. */
export type QueryChanges = Readonly<Record<string, string | null>>;

/** The same address with some of its query changed; what is not named stays, in its order. */
export function withQuery(path: string, query: string, changes: QueryChanges): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** What the console itself must not take over: files and interfaces that the server answers. */
const servedElsewhere = ['/api/', '/healthz', '/readyz', '/metrics', '/problems/'];

/**
 * The address inside the console that a link leads to, or null when the browser should follow it.
 * @param origin scheme, host and port of this page
 */
export function insidePath(link: string, origin: string): string | null {
  const target = URL.parse(link, origin);
  if (target === null || target.origin !== origin) return null;
  if (servedElsewhere.some((place) => target.pathname.startsWith(place))) return null;
  return target.pathname + target.search + target.hash;
}

/**
 * Where to go after signing in. Only a place inside the console: a return path is text from outside, and must not
 * become a way to send a person to another site (`//elsewhere.example`).
 */
export function returnPath(wish: string | null, origin: string): string {
  if (wish === null || !wish.startsWith('/') || wish.startsWith('//') || wish.startsWith('/\\')) return '/';
  const inside = insidePath(wish, origin);
  return inside === null || inside.startsWith('/sign-in') ? '/' : inside;
}
