import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SystemToken } from '../capabilities/access/index.ts';
import type { Millis } from '../kernel/time.ts';
import { watchFolder } from '../platform/definitions/index.ts';
import { makeSecret, realChance } from '../platform/edge/chance.ts';
import { realClock } from '../platform/edge/clock.ts';
import { realHashing } from '../platform/edge/hashing-real.ts';
import { isWildcard, refuseOpenBind } from '../platform/http/address.ts';
import { consolePages, readConsoleFiles } from '../platform/http/console-files.ts';
import type { Log } from '../platform/http/exchange.ts';
import { createLifecycle, type Lifecycle } from '../platform/http/lifecycle.ts';
import { observeProcess } from '../platform/http/metrics-route.ts';
import { type RunningServer, startServer, stopMsDefault } from '../platform/http/server.ts';
import { openSqliteJournal } from '../platform/journal/sqlite.ts';
import { openSqliteRecords } from '../platform/records/sqlite.ts';
import { type App, type Edges, startApp } from './app.ts';
import { CommandFailure } from './command.ts';
import { type Config, ConfigFault } from './config.ts';
import { consoleFolder } from './console-folder.ts';
import { dataFiles, lockDataFolder, prepareDataFolder, removeLocalServer, writeLocalServer } from './data-folder.ts';
import { exitCodes } from './exit-codes.ts';
import { freeBytesOf, withPlace } from './host-failure.ts';
import { refuseLostHalf } from './lost-half.ts';

export interface ServeOptions {
  readonly config: Config;
  readonly log: Log;
  /** Replies are held against their schemas: in development and tests. */
  readonly checkReplies?: boolean;
  /** Bytes that are free on the disk of the data; asked of the system when left out. */
  readonly freeBytes?: () => number | null;
  /** Told when the state cannot be trusted any more. */
  readonly onStopped: (reason: Error) => void;
}

/** A server that answers. */
export interface Served {
  readonly app: App;
  /** Its own address, such as `http://127.0.0.1:4400`. */
  readonly url: string;
  /** How people reach it. */
  readonly externalUrl: string;
  /** What a person should know and nothing keeps from running: a console that was not built, a folder with faults. */
  readonly notes: readonly string[];
  /** The first administrator's link, on the first start only. */
  readonly signInLink: string | null;
  /** Finishes requests, flushes, closes in reverse order. @returns the parts that did not close, in words */
  stop(): Promise<readonly string[]>;
}

/** Everything of one server that is known before it listens. */
interface Ground {
  readonly options: ServeOptions;
  readonly lifecycle: Lifecycle;
  readonly edges: Edges;
  readonly localToken: string;
}

function refuseBind(config: Config): void {
  // Every route asks the gate; no telemetry is taken in yet, and its listeners will ask for tokens.
  const reason = refuseOpenBind({ bind: config.bind, isAccessControlled: true, isTelemetryControlled: true });
  if (reason !== null) throw new ConfigFault(reason);
  if (isWildcard(config.bind) && config.externalUrl === null) {
    throw new ConfigFault(
      `--bind ${config.bind} listens on every address; say how people reach it, since other hosts are refused: --external-url https://…`,
    );
  }
}

/** Opens what is on the disk. Whatever was opened is on the lifecycle, so a failure on the way closes it again. */
async function openGround(options: ServeOptions, lifecycle: Lifecycle): Promise<Ground> {
  const folder = options.config.data;
  prepareDataFolder(folder);
  const release = lockDataFolder(folder);
  lifecycle.add('data folder', release);
  const journalFile = join(folder, dataFiles.journal);
  const journal = await withPlace(journalFile, () => openSqliteJournal({ file: journalFile, clock: realClock }));
  lifecycle.add('journal', () => journal.close());
  const recordsFile = join(folder, dataFiles.records);
  // Before it is opened, which makes it.
  if (!existsSync(recordsFile)) await refuseLostHalf(folder, journal, null);
  const records = await withPlace(recordsFile, () => openSqliteRecords({ path: recordsFile }));
  lifecycle.add('records', () => records.close());
  await refuseLostHalf(folder, journal, records);
  const edges: Edges = {
    clock: realClock,
    chance: realChance,
    hashing: realHashing,
    journal,
    records,
    log: options.log,
  };
  return { options, lifecycle, edges, localToken: makeSecret(realChance) };
}

function systemTokensOf({ options, localToken }: Ground): readonly SystemToken[] {
  const { bootstrapToken } = options.config;
  const bootstrap = bootstrapToken === null ? [] : [{ name: 'bootstrap', secret: bootstrapToken }];
  return [{ name: 'local', secret: localToken }, ...bootstrap];
}

/**
 * The port must be known before the app, since links and the check of Host need it; so with port 0 the listener would have to
 * come first. It does: the server starts with a dispatcher that waits for the app.
 */
async function listen(ground: Ground, dispatch: Promise<App['dispatch']>): Promise<RunningServer> {
  const { config } = ground.options;
  const externalUrl = config.externalUrl ?? '';
  return await startServer({
    clock: realClock,
    log: ground.options.log,
    dispatch: async (request) => await (await dispatch)(request),
    listeners: [
      { name: 'console and API', bind: config.bind, port: config.httpPort, flag: '--http-port', isRequired: true },
    ],
    isSecure: externalUrl.startsWith('https:') || config.tlsCert !== null,
    ...tlsOf(config),
  });
}

function tlsOf({ tlsCert, tlsKey }: Config): { tls?: { cert: Buffer; key: Buffer } } {
  if (tlsCert === null || tlsKey === null) return {};
  try {
    return { tls: { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) } };
  } catch (cause) {
    throw new ConfigFault(
      `--tls-cert or --tls-key cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

const hostOf = (bind: string): string => {
  if (isWildcard(bind)) return '127.0.0.1';
  return bind.includes(':') ? `[${bind}]` : bind;
};

const urlOf = (config: Config, server: RunningServer): string => {
  const port = server.listeners.find((one) => one.outcome === 'open')?.port ?? config.httpPort;
  return `${config.tlsCert === null ? 'http' : 'https'}://${hostOf(config.bind)}:${port}`;
};

async function followFolder(app: App, ground: Ground): Promise<void> {
  const { ops } = ground.options.config;
  if (ops === null) return;
  const watch = watchFolder({
    folder: ops,
    clock: realClock,
    take: async (content) => {
      const { outcome } = await app.definitions.applyFolder(content);
      return outcome === 'applied';
    },
    onError: (err) => ground.options.log('error', { err }, 'the definitions folder could not be applied'),
  });
  ground.lifecycle.add('definitions folder', () => watch.close());
  await watch.ready;
}

async function firstLink(app: App, now: Millis): Promise<string | null> {
  const made = await app.access.makeFirstAdmin(now);
  if (made === null) return null;
  if (made.outcome === 'done') return made.value.url;
  throw new CommandFailure(exitCodes.unavailable, made.detail);
}

/**
 * Starts a server with its real edges. Listeners open first (a taken port is said before anything is touched), and answer once
 * the journal is folded.
 * @throws CommandFailure or ConfigFault with the next step in it
 */
export async function serve(options: ServeOptions): Promise<Served> {
  refuseBind(options.config);
  const lifecycle = createLifecycle(realClock);
  const stop = async (): Promise<readonly string[]> =>
    (await lifecycle.stop(stopMsDefault)).map(({ name, detail }) => `${name} ${detail}`);
  const dispatch = Promise.withResolvers<App['dispatch']>();
  dispatch.promise.catch(() => undefined);
  try {
    return await start(await openGround(options, lifecycle), dispatch, stop);
  } catch (failure) {
    // Who asked while it started is answered too, and keeps nothing open.
    dispatch.reject(failure);
    await stop();
    throw failure;
  }
}

/** A stop that may be asked for from two places; the second asking finds it done. */
const stopOnce =
  (server: RunningServer, log: Log) =>
  async (budgetMs: Millis): Promise<void> => {
    const cut = await server.stop(budgetMs);
    if (cut > 0) log('warn', { cut }, 'requests were cut at the stop');
  };

async function start(
  ground: Ground,
  dispatch: PromiseWithResolvers<App['dispatch']>,
  stop: Served['stop'],
): Promise<Served> {
  const { config, log } = ground.options;
  const server = await listen(ground, dispatch.promise);
  // Closed first when the start fails, else the port would stay open before a server that never answers.
  const closeListeners = stopOnce(server, log);
  ground.lifecycle.add('listeners', closeListeners);
  const url = urlOf(config, server);
  const externalUrl = config.externalUrl ?? url;
  const files = await readConsoleFiles(consoleFolder);
  const app = await startApp({
    edges: ground.edges,
    hosts: { bind: config.bind, externalUrl: config.externalUrl, names: [] },
    externalUrl,
    systemTokens: systemTokensOf(ground),
    folder: config.ops === null ? null : resolve(config.ops),
    pages: consolePages(files),
    checkReplies: ground.options.checkReplies ?? false,
    onStopped: ground.options.onStopped,
    freeBytes: ground.options.freeBytes ?? (() => freeBytesOf(config.data)),
  });
  ground.lifecycle.add('app', () => app.stop());
  ground.lifecycle.add('own metrics', observeProcess(app.metrics, realClock));
  await followFolder(app, ground);
  const signInLink = await firstLink(app, realClock.now());
  // From here on requests are answered; so the listeners stop before everything that answers them.
  ground.lifecycle.add('listeners', closeListeners);
  dispatch.resolve(app.dispatch);
  writeLocalServer(config.data, { pid: process.pid, url, token: ground.localToken });
  ground.lifecycle.add('server.json', () => removeLocalServer(config.data));
  return { app, url, externalUrl, signInLink, notes: notesOf(app, files !== null), stop };
}

function notesOf(app: App, isConsoleBuilt: boolean): readonly string[] {
  const faults = app.definitions.faults();
  return [
    ...(isConsoleBuilt ? [] : ['The console is not built: npm start builds it. The API answers.']),
    ...faults.slice(0, 5).map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...(faults.length > 5 ? [`… and ${faults.length - 5} more faults: plimsoll check names them all`] : []),
  ];
}
