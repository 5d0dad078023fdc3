import { hostname } from 'node:os';
import { realClock } from '../../platform/edge/clock.ts';
import { JournalFailure } from '../../platform/journal/journal.ts';
import { type Command, CommandFailure, type Given, type Terminal } from '../command.ts';
import { type Config, readConfig, refuseUnknownVariables, settings } from '../config.ts';
import { exitCodes } from '../exit-codes.ts';
import { otherVariables } from '../other-variables.ts';
import type { Served } from '../serve.ts';
import { version } from '../version.ts';
import { tunnelHint } from './sign-in.ts';

const row = (name: string, value: string): string => `${name.padEnd(10)}${value}`;

function announce(served: Served, config: Config, terminal: Terminal): void {
  terminal.out(`Plimsoll ${version}`);
  terminal.out(row('Console', served.externalUrl));
  if (served.signInLink !== null) {
    terminal.out(row('Sign in', served.signInLink));
    terminal.out(row('', 'works once, within 15 minutes; npx plimsoll sign-in prints another'));
    const hint = tunnelHint(served.signInLink, terminal.environment, hostname());
    if (hint !== null) terminal.out(row('', hint));
  }
  terminal.out(row('Data', config.data));
  if (config.ops !== null) terminal.out(row('Watching', config.ops));
  for (const line of served.notes) terminal.error(line);
}

/** Resolves at the first signal, or rejects when the state cannot be trusted any more. */
const untilStopped = (signal: AbortSignal, broken: Promise<never>): Promise<void> =>
  Promise.race([
    broken,
    new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    }),
  ]);

async function run(given: Given, terminal: Terminal): Promise<void> {
  refuseUnknownVariables(terminal.environment, otherVariables);
  const config = readConfig(given.flags, terminal.environment);
  // The server is most of the program: only this command loads it, so that the others answer at once.
  const [{ serve }, { createLog }] = await Promise.all([import('../serve.ts'), import('../../platform/http/log.ts')]);
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  const served = await serve({
    config,
    log: createLog({ level: given.switches.has('log') ? 'info' : 'warn' }),
    onStopped: broken.reject,
  });
  if (given.json)
    terminal.out(
      JSON.stringify({
        url: served.url,
        externalUrl: served.externalUrl,
        signInLink: served.signInLink,
        data: config.data,
      }),
    );
  else announce(served, config, terminal);
  terminal.out(given.json ? '' : row('Ready', `in ${(realClock.monotonic() / 1_000).toFixed(1)} s; Ctrl-C stops`));
  try {
    await untilStopped(terminal.signal, broken.promise);
  } finally {
    const faults = await served.stop();
    for (const fault of faults) terminal.error(fault);
    if (!given.json) terminal.out('Stopped.');
  }
}

/** What keeps a server from running and is no fault of the program, with the next step. */
function saidOf(failure: unknown): unknown {
  if (!(failure instanceof Error)) return failure;
  if (failure.name === 'ListenError')
    return new CommandFailure(exitCodes.unavailable, failure.message, { cause: failure });
  if (failure instanceof JournalFailure) {
    const next = '.\nWhat was acknowledged is safe. Look after the disk (dmesg tells of its errors), then start again';
    return new CommandFailure(exitCodes.unavailable, failure.message + (failure.isFinal ? next : ''), {
      cause: failure,
    });
  }
  if (failure.name !== 'LedgerStopped') return failure;
  return new CommandFailure(
    exitCodes.unavailable,
    `${failure.message}.\nThis is Plimsoll ${version}. Did a newer one write to this data? Then start that one. ` +
      'Otherwise look with plimsoll doctor, put a backup in its place (plimsoll restore DIR), and report the line above.',
    { cause: failure },
  );
}

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Start the server, with its data in a folder.',
  operands: [],
  flags: [
    ...Object.values(settings).map(({ flag, value, environment, help, standard }) => ({
      name: flag,
      value,
      environment,
      help: standard === null ? help : `${help}; ${standard} when left out`,
    })),
    { name: 'log', help: 'write a JSON line for each request, not only for what went wrong' },
    { name: 'json', help: 'print one JSON value when ready' },
  ],
  about: [
    '',
    'PLIMSOLL_BOOTSTRAP_TOKEN (32 characters or more) is an admin token from the first start, for automation.',
    'It stops on SIGINT and SIGTERM: requests under way are finished within 10 s.',
  ],
  stopsItself: true,
  async run(given, terminal) {
    try {
      await run(given, terminal);
    } catch (failure) {
      throw saidOf(failure);
    }
    return exitCodes.done;
  },
};
