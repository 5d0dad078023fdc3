import type { Problem } from '../../../kernel/problem.ts';
import type { HttpResponse } from '../exchange.ts';

/** Problems that must name at least one place and what was expected there. */
const placedProblems: ReadonlySet<string> = new Set(['/problems/request-not-valid', '/problems/body-not-readable']);

const problemIn = (response: HttpResponse): Problem | null => {
  if (response.kind !== 'whole') return null;
  try {
    return JSON.parse(Buffer.from(response.body).toString()) as Problem;
  } catch {
    return null;
  }
};

const isSaid = (text: unknown): boolean => typeof text === 'string' && text.length >= 10;

/** What is wrong with a problem document. */
const problemFaults = (response: HttpResponse): readonly string[] => {
  const type = response.headers['content-type'] ?? 'none';
  if (!type.startsWith('application/problem+json')) return [`the content type of a ${response.status} is ${type}`];
  const problem = problemIn(response);
  if (problem === null) return [`the ${response.status} is no JSON`];
  const places = problem.errors ?? [];
  return [
    ...(problem.status === response.status
      ? []
      : [`the problem says ${problem.status}, the answer ${response.status}`]),
    ...(/^\/problems\/[a-z0-9-]+$/.test(problem.type) ? [] : [`the problem's type is ${problem.type}`]),
    ...(isSaid(problem.detail) ? [] : [`the problem says no next step: ${problem.detail}`]),
    ...(isSaid(problem.title) || problem.title?.length > 3 ? [] : ['the problem has no title']),
    ...(placedProblems.has(problem.type) && places.length === 0 ? ['the problem names no place'] : []),
    ...places
      .filter((place) => !place.pointer.startsWith('/') || !isSaid(place.detail))
      .map((place) => `a place is mute: ${place.pointer}`),
  ];
};

export interface Circumstances {
  readonly mustRefuse: boolean;
  /** Whether anything stored was changed by the call. */
  readonly isChanged: boolean;
}

/** The laws of every answer: never a 5xx; what is bad is refused with a problem that says so; what is refused changes nothing. */
export function judge(response: HttpResponse, { mustRefuse, isChanged }: Circumstances): readonly string[] {
  const { status } = response;
  if (status >= 500) return [`answered ${status}: ${JSON.stringify(problemIn(response)?.detail)}`];
  if (status < 400) return mustRefuse ? [`was taken with ${status}, and had to be refused`] : [];
  return [...problemFaults(response), ...(isChanged ? [`was refused with ${status}, and yet something changed`] : [])];
}
