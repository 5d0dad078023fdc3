import { startApp } from '../app/app.ts';
import { LawBroken } from './law-broken.ts';
import type { Boot } from './server-host.ts';

/** The token of automation, as `PLIMSOLL_BOOTSTRAP_TOKEN` would give it. */
export const rootToken = 'root-of-the-simulation-0123456789';

/** Starts the whole product over simulated edges: what `plimsoll serve` starts, but for the socket. */
export const bootApp: Boot = async (edges) => {
  const app = await startApp({
    edges,
    hosts: { bind: '127.0.0.1', externalUrl: null, names: [] },
    externalUrl: 'http://127.0.0.1:4400',
    systemTokens: [{ name: 'bootstrap', secret: rootToken }],
    checkReplies: true,
    onStopped: (reason) => {
      throw new LawBroken('the state cannot be trusted any more', { cause: reason });
    },
  });
  return {
    dispatch: app.dispatch,
    async stop() {
      await app.stop();
      await edges.journal.close();
      await edges.records.close();
    },
  };
};
