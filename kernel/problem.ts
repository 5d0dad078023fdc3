import type { Refusal } from './decision.ts';
import type { JsonObject } from './json.ts';

/** One fault of a request: where it is, and what was expected there. */
export interface ProblemPlace {
  /** JSON pointer into the request: `/body/name`, `/query/limit`, `/params/service`. */
  readonly pointer: string;
  /** One sentence: found, expected, next step. */
  readonly detail: string;
}

/** A problem document, RFC 9457 (`application/problem+json`). */
export interface Problem {
  /** `/problems/<code>`, relative to this server: the code is stable. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What a person does next. */
  readonly detail: string;
  readonly errors?: readonly ProblemPlace[];
  /** The request's id, added on the way out. */
  readonly instance?: string;
  readonly data?: JsonObject;
}

const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');

/** Makes a problem document of a stable code (kebab case), a status and one sentence with the next step. */
export const problemOf = (
  code: string,
  status: number,
  detail: string,
  more: Pick<Problem, 'errors' | 'data'> = {},
): Problem => ({ type: `/problems/${code}`, title: titleOf(code), status, detail, ...more });

/** The problem document of a refusal. */
export const problemOfRefusal = (refusal: Refusal, status: number): Problem =>
  problemOf(refusal.code, status, refusal.detail, refusal.data === undefined ? {} : { data: refusal.data });
