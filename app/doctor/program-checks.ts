import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { type Config, ConfigFault, readConfig, refuseUnknownVariables } from '../config.ts';
import { isDataFolderLocked, readLocalServer } from '../data-folder.ts';
import { type Check, note, trouble, well } from './finding.ts';

const nodeMajorMin = 26;

export const nodeCheck = (version: string): Check => ({
  about: 'Node',
  look: async () => {
    const major = Number(version.split('.')[0]?.replace('v', ''));
    return major >= nodeMajorMin
      ? well(version)
      : trouble(`${version} is too old; expected ${nodeMajorMin} or newer. npm install brings it`);
  },
});

/** The console is built by `npm start`; without it the server still answers its API. */
export const consoleCheck = (indexFile: string): Check => ({
  about: 'Console',
  look: async () => (existsSync(indexFile) ? well('built') : note('not built yet; npm start builds it')),
});

/** Reads the settings as `serve` would. */
export const settingsCheck = (
  environment: Readonly<Record<string, string | undefined>>,
  alsoKnown: readonly string[],
): Check => ({
  about: 'Settings',
  look: async () => {
    try {
      refuseUnknownVariables(environment, alsoKnown);
      readConfig({}, environment);
      return well('every variable is known and can be read');
    } catch (failure) {
      if (failure instanceof ConfigFault) return trouble(failure.message);
      throw failure;
    }
  },
});

interface Readiness {
  readonly parts?: readonly { readonly name: string; readonly ready: boolean; readonly why?: string }[];
}

async function unreadyParts(url: string): Promise<string[]> {
  const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(3_000) });
  const readiness = (await response.json()) as Readiness;
  return (readiness.parts ?? [])
    .filter((part) => !part.ready)
    .map((part) => `${part.name}: ${part.why ?? 'no reason given'}`);
}

/** Does a server run on the folder, does it answer, is each part of it ready? */
export const serverCheck = (folder: string): Check => ({
  about: 'Server',
  look: async () => {
    if (!existsSync(folder) || !isDataFolderLocked(folder)) return note('not running; npm start starts it');
    const local = readLocalServer(folder);
    if (local === null)
      return trouble('it holds the data folder but does not say where it listens. It may be starting; look again');
    try {
      const unready = await unreadyParts(local.url);
      return unready.length === 0
        ? well(`process ${local.pid} answers at ${local.url}`)
        : trouble(`not ready: ${unready.join('; ')}`);
    } catch (failure) {
      return trouble(`process ${local.pid} does not answer at ${local.url}: ${String(failure)}. Restart it`);
    }
  },
});

const isPortTaken = (bind: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: bind, port, timeout: 1_000 });
    const answer = (taken: boolean): void => {
      socket.destroy();
      resolve(taken);
    };
    socket
      .once('connect', () => answer(true))
      .once('error', () => answer(false))
      .once('timeout', () => answer(false));
  });

/** Is the port free, or taken by our own server? `holderOf` names another process where the system tells. */
export const portCheck = (
  config: Config,
  folder: string,
  holderOf: (port: number) => Promise<string | null>,
): Check => ({
  about: 'Port',
  look: async () => {
    const { bind, httpPort } = config;
    if (!(await isPortTaken(bind, httpPort))) return well(`${httpPort} is free`);
    if (readLocalServer(folder)?.url.endsWith(`:${httpPort}`)) return well(`${httpPort} is our server's`);
    const holder = (await holderOf(httpPort)) ?? 'another process';
    return trouble(`${httpPort} on ${bind} is taken by ${holder}. Stop it, or move with --http-port`);
  },
});
