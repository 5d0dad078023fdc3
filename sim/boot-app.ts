import { startApp } from '../app/app.ts';
import { type Millis, second } from '../kernel/time.ts';
import { sleep } from '../platform/edge/clock.ts';
import type { HttpResponse } from '../platform/http/exchange.ts';
import type { Boot } from './server-host.ts';

/** The token of automation, as `PLIMSOLL_BOOTSTRAP_TOKEN` would give it. */
export const rootToken = 'root-of-the-simulation-0123456789';

/** Requests under way have so long to end when the server stops, as at the real listener. */
const drainMsMax: Millis = 5 * second;

/** Starts the whole product over simulated edges: what `plimsoll serve` starts, but for the socket. */
export const bootApp: Boot = async (edges) => {
  const app = await startApp({
    edges,
    hosts: { bind: '127.0.0.1', externalUrl: null, names: [] },
    externalUrl: 'http://127.0.0.1:4400',
    systemTokens: [{ name: 'bootstrap', secret: rootToken }],
    checkReplies: true,
    onStopped: edges.onStopped,
  });
  const underWay = new Set<Promise<HttpResponse>>();
  return {
    dispatch(request) {
      const response = app.dispatch(request);
      underWay.add(response);
      const ended = (): void => void underWay.delete(response);
      response.then(ended, ended);
      return response;
    },
    async stop() {
      await Promise.race([Promise.allSettled(underWay), sleep(edges.clock, drainMsMax)]);
      await app.stop();
      await edges.journal.close();
      await edges.records.close();
    },
  };
};
