import { computed, signal } from '@preact/signals';
import { createApi } from './api.ts';
import type { Problem, Session } from './wire.ts';

/** Who sits at this console, as far as the server has said. */
export type SessionState =
  | { readonly state: 'asking' }
  /** `ended` when there was a session before: the person is told so. */
  | { readonly state: 'signed-out'; readonly ended: boolean }
  | { readonly state: 'signed-in'; readonly session: Session }
  | { readonly state: 'unknown'; readonly problem: Problem };

const current = signal<SessionState>({ state: 'asking' });

export const sessionState = computed(() => current.value);
export const session = computed(() => (current.value.state === 'signed-in' ? current.value.session : null));

/** The console's way to the server, for every page. */
export const api = createApi({
  fetch: (path, request) => fetch(path, request),
  csrfToken: () => session.value?.csrfToken ?? null,
  onSessionEnd: () => endSession(true),
});

/** True when the person holds a permission, such as `audit.read`. The server decides anew at every call; this only hides what it would refuse. */
export const may = (permission: string): boolean => session.value?.permissions.includes(permission) ?? false;

/** Asks the server who is signed in: at the start, and after signing in. */
export async function askSession(): Promise<void> {
  const reply = await api<Session>('GET', '/api/v1/session', { isSigningIn: true });
  if (reply.outcome === 'replied') current.value = { state: 'signed-in', session: reply.value };
  else if (reply.problem.status === 401) current.value = { state: 'signed-out', ended: false };
  else current.value = { state: 'unknown', problem: reply.problem };
}

/** Forgets who was signed in. @param ended true when it was not the person's own wish */
export function endSession(ended: boolean): void {
  if (current.value.state === 'signed-in') current.value = { state: 'signed-out', ended };
}

/** Ends the session on the server, then here. A server that cannot be reached keeps the session: the person is told. */
export async function signOut(): Promise<Problem | null> {
  const reply = await api('DELETE', '/api/v1/session', { isSigningIn: true });
  if (reply.outcome === 'problem' && reply.problem.status !== 401) return reply.problem;
  endSession(false);
  return null;
}
