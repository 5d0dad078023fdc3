import Type from 'typebox';
import { type Millis, second } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';
import type { AnyRoute, Route } from './route.ts';

export interface PartState {
  readonly isReady: boolean;
  /** One sentence: what is so, and what a person does about it when it is not ready. */
  readonly why: string;
}

/** One part of the program that can be ready or not: the journal, the definitions, the store. */
export interface HealthCheck {
  readonly name: string;
  check(): Promise<PartState>;
}

/** A part that has not answered after this is not ready. */
const checkMsMax: Millis = 2 * second;

const Alive = Type.Object({ status: Type.Literal('alive') });
const Readiness = Type.Object({
  ready: Type.Boolean(),
  parts: Type.Array(Type.Object({ name: Type.String(), ready: Type.Boolean(), why: Type.String() })),
});

/** Asks one part. One that throws or is silent is not ready; what it threw stays inside, since anyone may read this. */
async function stateOf(check: HealthCheck, clock: Clock): Promise<PartState> {
  const late = Promise.withResolvers<PartState>();
  const silent = { isReady: false, why: `has not answered within ${checkMsMax} ms; look at the log` };
  const cancel = clock.after(checkMsMax, () => late.resolve(silent));
  const asked = check.check().catch(() => ({ isReady: false, why: 'cannot be asked; look at the log' }));
  return await Promise.race([asked, late.promise]).finally(cancel);
}

/** Answers at once while the process can answer at all: an orchestrator restarts it when this is silent. */
const healthRoute: Route<{ reply: typeof Alive }> = {
  name: 'http.read-health',
  method: 'GET',
  path: '/healthz',
  summary: 'Says that the process is alive.',
  permission: 'open',
  shape: { reply: Alive },
  handle: async () => ({ kind: 'reply', body: { status: 'alive' } }),
};

/** `/healthz`, and `/readyz` with each part and why: 503 while one is not ready, so that a balancer sends nobody here. */
export function healthRoutes(checks: readonly HealthCheck[], clock: Clock): readonly AnyRoute[] {
  const readyRoute: Route<{ reply: typeof Readiness }> = {
    name: 'http.read-readiness',
    method: 'GET',
    path: '/readyz',
    summary: 'Says whether every part is ready, and why not; 503 while one is not.',
    permission: 'open',
    shape: { reply: Readiness },
    handle: async () => {
      const states = await Promise.all(checks.map((check) => stateOf(check, clock)));
      const parts = states.map(({ isReady, why }, index) => ({ name: checks[index]?.name ?? '', ready: isReady, why }));
      const ready = parts.every((part) => part.ready);
      return { kind: 'reply', status: ready ? 200 : 503, body: { ready, parts } };
    },
  };
  return [healthRoute, readyRoute];
}
