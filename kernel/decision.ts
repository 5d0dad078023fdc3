import type { FactDraft } from './fact.ts';
import type { JsonObject } from './json.ts';

/** An expected "no": a code for programs, and what a person needs to take the next step. */
export interface Refusal<Code extends string = string> {
  readonly outcome: 'refused';
  /** Kebab case, stable: it is part of the API (`/problems/<code>`). */
  readonly code: Code;
  /** One sentence: what was found, what was expected, the next step. */
  readonly detail: string;
  /** Values a program may want, such as the limit that was met. */
  readonly data?: JsonObject;
}

export interface Acceptance<Draft extends FactDraft = FactDraft> {
  readonly outcome: 'accepted';
  /** May be empty: the command is granted and nothing had to change. */
  readonly facts: readonly Draft[];
}

/** What `decide` answers. A refusal is a value, because it is expected; a broken law is thrown. */
export type Decision<Draft extends FactDraft = FactDraft, Code extends string = string> =
  | Acceptance<Draft>
  | Refusal<Code>;

/** Grants a command: these facts, all of them or none, are to be appended. */
export const accept = <Draft extends FactDraft>(...facts: readonly Draft[]): Acceptance<Draft> => ({
  outcome: 'accepted',
  facts,
});

/** Refuses a command. @param detail one sentence with the next step in it */
export const refuse = <Code extends string>(code: Code, detail: string, data?: JsonObject): Refusal<Code> =>
  data === undefined ? { outcome: 'refused', code, detail } : { outcome: 'refused', code, detail, data };
