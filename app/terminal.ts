import { type Millis, second } from '../kernel/time.ts';
import { realClock } from '../platform/edge/clock.ts';
import type { Terminal } from './command.ts';
import { exitCodes } from './exit-codes.ts';

/** A terminal that is closed says SIGHUP. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A Ctrl-C reaches the whole group of processes, and whoever started us (npm) hands it on once more: within this time it is the
 * same wish. After it, somebody has lost patience.
 */
const sameWishMs: Millis = second;

/** The first signal asks to stop in order; one that comes later ends the process at once. A crash loses nothing acknowledged. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let askedAt: Millis | null = null;
  for (const name of stopSignals) {
    process.on(name, () => {
      askedAt ??= realClock.monotonic();
      if (realClock.monotonic() - askedAt > sameWishMs) process.exit(exitCodes.unavailable);
      stop.abort(name);
    });
  }
  return stop.signal;
}

/**
 * Whoever reads our output may go away at any time (`plimsoll check ops | head -1`). What is more to say is then not said, and
 * a server goes on serving; only a command whose output could not be stored must not look as if it were.
 */
function forgiveClosedOutput(stopsItself: boolean): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
    if (stopsItself || failure.code === 'EPIPE') return;
    process.stderr.write(`standard output cannot be written: ${failure.message}\n`);
    process.exit(exitCodes.unavailable);
  });
}

/** The terminal of a real process. @param stopsItself whether the command ends in order on a signal, see `Command` */
export function processTerminal({ stopsItself }: { readonly stopsItself: boolean }): Terminal {
  forgiveClosedOutput(stopsItself);
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    environment: process.env,
    signal: stopsItself ? stopSignal() : new AbortController().signal,
    interactive: process.stdout.isTTY === true,
  };
}
