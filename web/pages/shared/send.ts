import { useState } from 'preact/hooks';
import type { CallOptions, Method } from '../../api.ts';
import { api } from '../../session.ts';
import type { Problem } from '../../wire.ts';

/** A call that changes something, while a form waits for it. */
export interface Sending {
  readonly isBusy: boolean;
  /** Why the last try was refused. */
  readonly problem: Problem | null;
  /** Sends; gives the reply, or null when it was refused and `problem` says why. */
  readonly send: <Value>(method: Method, path: string, options?: CallOptions) => Promise<Value | null>;
}

/** Sends on behalf of a form: one call at a time, the refusal kept for showing. */
export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async <Value>(method: Method, path: string, options: CallOptions = {}): Promise<Value | null> => {
    setBusy(true);
    const reply = await api<Value>(method, path, options);
    setBusy(false);
    setProblem(reply.outcome === 'problem' ? reply.problem : null);
    return reply.outcome === 'replied' ? reply.value : null;
  };
  return { isBusy, problem, send };
}

/** What a problem says about one field of a body: `/body/title` or below. */
const refusalOf = (problem: Problem | null, field: string): string | undefined =>
  problem?.errors?.find(({ pointer }) => `${pointer}/`.startsWith(`/body/${field}/`))?.detail;

/** The refusal of one field, ready to be handed to it; nothing when the field was fine. */
export function refused(problem: Problem | null, field: string): { readonly refusal?: string } {
  const refusal = refusalOf(problem, field);
  return refusal === undefined ? {} : { refusal };
}

/** The problem when none of the fields tells it already; null otherwise. */
export const besides = (problem: Problem | null, ...fields: readonly string[]): Problem | null =>
  fields.some((field) => refusalOf(problem, field) !== undefined) ? null : problem;
