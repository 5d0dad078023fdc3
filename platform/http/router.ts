import { didYouMean } from '../../kernel/suggest.ts';
import { decodePiece } from './query.ts';
import type { AnyRoute } from './route.ts';

export type Match =
  | { readonly outcome: 'matched'; readonly route: AnyRoute; readonly params: Readonly<Record<string, string>> }
  /** The path exists, the method does not: the methods that do, for `Allow`. */
  | { readonly outcome: 'wrong-method'; readonly allowed: readonly string[] }
  /** The path exists, but what stands for a parameter is no UTF-8 or holds a null character. */
  | { readonly outcome: 'not-decodable' }
  | { readonly outcome: 'unknown'; readonly hint: string };

/** One step of all paths. A literal step wins over a parameter, so `/tokens/mine` and `/tokens/:token` live together. */
interface Step {
  readonly literals: Map<string, Step>;
  parameter: Step | undefined;
  readonly routes: Map<string, AnyRoute>;
}

const emptyStep = (): Step => ({ literals: new Map(), parameter: undefined, routes: new Map() });

/** The pieces of a path: `/api/v1` gives `api`, `v1`. */
export const segmentsOf = (path: string): readonly string[] => path.slice(1).split('/');

const nextStep = (step: Step, segment: string): Step => {
  if (segment.startsWith(':')) {
    step.parameter ??= emptyStep();
    return step.parameter;
  }
  const known = step.literals.get(segment) ?? emptyStep();
  step.literals.set(segment, known);
  return known;
};

/** Finds the step of a path. Tries the literal first, then the parameter; paths are short, so going back is cheap. */
const findStep = (step: Step, segments: readonly string[], at = 0): Step | undefined => {
  const segment = segments[at];
  if (segment === undefined) return step.routes.size > 0 ? step : undefined;
  const literal = step.literals.get(segment);
  const found = literal === undefined ? undefined : findStep(literal, segments, at + 1);
  if (found !== undefined || step.parameter === undefined || segment === '') return found;
  return findStep(step.parameter, segments, at + 1);
};

/** Longer paths match nothing: no route of ours has so many steps. */
const segmentCountMax = 32;

/** The path that was probably meant: each route's path with the parameters as they were found. */
const hintFor = (path: string, segments: readonly string[], routes: readonly AnyRoute[]): string => {
  const candidates = routes.map((route) =>
    segmentsOf(route.path)
      .map((segment, index) => `/${segment.startsWith(':') ? (segments[index] ?? segment) : segment}`)
      .join(''),
  );
  return didYouMean(path, new Set(candidates));
};

const methodsOf = (step: Step): readonly string[] => {
  const methods = [...step.routes.keys()];
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
};

/** The parameters by the names that the route found gives them; null when one cannot be decoded. */
const paramsOf = (route: AnyRoute, segments: readonly string[]): Readonly<Record<string, string>> | null => {
  const params: Record<string, string> = {};
  for (const [index, segment] of segmentsOf(route.path).entries()) {
    if (!segment.startsWith(':')) continue;
    const value = decodePiece(segments[index] ?? '');
    if (value === null) return null;
    params[segment.slice(1)] = value;
  }
  return params;
};

/** Makes the function that finds the route of a request. HEAD is answered by the GET route of the path. */
export function createRouter(routes: readonly AnyRoute[]): (method: string, path: string) => Match {
  const root = emptyStep();
  for (const route of routes) segmentsOf(route.path).reduce(nextStep, root).routes.set(route.method, route);
  return (method, path) => {
    const segments = segmentsOf(path);
    const step = segments.length > segmentCountMax ? undefined : findStep(root, segments);
    if (step === undefined) return { outcome: 'unknown', hint: hintFor(path, segments, routes) };
    const route = step.routes.get(method === 'HEAD' ? 'GET' : method);
    if (route === undefined) return { outcome: 'wrong-method', allowed: methodsOf(step) };
    const params = paramsOf(route, segments);
    return params === null ? { outcome: 'not-decodable' } : { outcome: 'matched', route, params };
  };
}
