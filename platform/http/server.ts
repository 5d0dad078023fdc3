import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type Millis, minute, second } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';
import type { Dispatch, Log } from './exchange.ts';
import { createFlights } from './flights.ts';
import { ListenError, type ListenerOptions, listenFault } from './listen-error.ts';
import { portHolderOf } from './port-holder.ts';
import { createFastify, type ServerLimits, type Serving, type Tls } from './serve.ts';

export const serverDefaults: ServerLimits = {
  headersMsMax: 10 * second,
  requestMsMax: minute,
  keepAliveMs: 10 * second,
  headerBytesMax: 16_384,
  streamCountMax: 1_000,
  checkEveryMs: second,
};

export const stopMsDefault: Millis = 10 * second;

export interface ServerOptions {
  readonly dispatch: Dispatch;
  readonly clock: Clock;
  /** Told of event streams that fail; requests are logged by the dispatcher. */
  readonly log: Log;
  readonly listeners: readonly ListenerOptions[];
  /** True where the external URL is https: cookies are then never sent in the clear. */
  readonly isSecure: boolean;
  /** All listeners then speak TLS, and nothing else. */
  readonly tls?: Tls;
  readonly limits?: Partial<ServerLimits>;
}

export type ListenerState =
  | { readonly outcome: 'open'; readonly name: string; readonly bind: string; readonly port: number }
  | { readonly outcome: 'closed'; readonly name: string; readonly detail: string };

export interface RunningServer {
  readonly listeners: readonly ListenerState[];
  /**
   * Takes no more requests, ends event streams, finishes what is under way, closes. What is not done by the deadline is cut.
   * Asked twice, it stops once.
   * @returns how many requests were cut
   */
  stop(deadlineMs?: Millis): Promise<number>;
}

interface Opened {
  readonly state: ListenerState;
  readonly app: FastifyInstance;
}

async function openListener(listener: ListenerOptions, serving: Serving): Promise<Opened> {
  const app = createFastify(serving);
  const { name, bind, port } = listener;
  try {
    await app.listen({ host: bind, port });
    const address = app.server.address() as AddressInfo;
    return { app, state: { outcome: 'open', name, bind, port: address.port } };
  } catch (cause) {
    await app.close();
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const detail = listenFault(listener, code, code === 'EADDRINUSE' ? await portHolderOf(port) : null);
    if (listener.isRequired) throw new ListenError(detail, { cause });
    return { app, state: { outcome: 'closed', name, detail } };
  }
}

async function stopAll(opened: readonly Opened[], serving: Serving, deadlineMs: Millis): Promise<number> {
  serving.isStopping = true;
  const { clock, flights } = serving;
  const deadline = new AbortController();
  const cancel = clock.after(deadlineMs, () => deadline.abort());
  const servers = opened.map(({ app }) => app.server);
  const closed = Promise.all(opened.map(({ app }) => app.close()));
  flights.endStreams();
  await flights.landed(deadline.signal);
  const cutCount = flights.count();
  flights.endAll();
  // A connection counts as idle one turn after its answer, and callers may still be reading: they get what is left of the time.
  for (const server of servers) server.closeIdleConnections();
  if (cutCount === 0) await Promise.race([closed, once(deadline.signal, 'abort')]);
  for (const server of servers) server.closeAllConnections();
  await closed;
  cancel();
  return cutCount;
}

/**
 * Opens the listeners over a dispatcher.
 * @throws ListenError when a required one cannot be opened; those opened before are closed again
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...serverDefaults, ...options.limits };
  const serving: Serving = { ...options, limits, flights: createFlights(), isStopping: false };
  const opened: Opened[] = [];
  let stopping: Promise<number> | undefined;
  const stop = (deadlineMs: Millis = stopMsDefault): Promise<number> => {
    stopping ??= stopAll(opened, serving, deadlineMs);
    return stopping;
  };
  try {
    for (const listener of options.listeners) opened.push(await openListener(listener, serving));
  } catch (error) {
    await stop(0);
    throw error;
  }
  return { listeners: opened.map(({ state }) => state), stop };
}
