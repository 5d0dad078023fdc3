import type { JsonValue } from '../kernel/json.ts';
import type { Problem } from '../kernel/problem.ts';
import { CommandFailure, type Flag, type Given, harmless, type Terminal } from './command.ts';
import { settings } from './config.ts';
import { readLocalServer } from './data-folder.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** The flags of every command that works on the data folder itself. */
export const localFlags: readonly Flag[] = [
  { name: 'data', value: 'FOLDER', environment: settings.data.environment, help: 'the data folder' },
  { name: 'json', help: 'print one JSON value' },
];

/** The flags of every command that talks to a server. */
export const clientFlags: readonly Flag[] = [
  { name: 'url', value: 'URL', environment: 'PLIMSOLL_URL', help: 'the server; found through --data when left out' },
  {
    name: 'token',
    value: 'TOKEN',
    environment: 'PLIMSOLL_TOKEN',
    help: 'an API token; rather set the variable, flags are seen by others',
  },
  ...localFlags,
];

interface Target {
  readonly url: string;
  readonly token: string;
}

/** A variable; an empty one is as good as none. */
const variable = (terminal: Terminal, name: string): string | undefined => terminal.environment[name] || undefined;

/** The folder that `--data`, the environment or the standard value names. */
export const dataFolderOf = (given: Given, terminal: Terminal): string =>
  given.flags.data ?? variable(terminal, settings.data.environment) ?? settings.data.standard;

/**
 * Where to send a request, and with which token: named ones first, else the server of the data folder on this machine.
 * @throws CommandFailure with the next step when neither is there
 */
export function targetOf(given: Given, terminal: Terminal): Target {
  const url = given.flags.url ?? variable(terminal, 'PLIMSOLL_URL');
  const token = given.flags.token ?? variable(terminal, 'PLIMSOLL_TOKEN');
  if (url !== undefined && token !== undefined) return { url, token };
  const folder = dataFolderOf(given, terminal);
  const local = readLocalServer(folder);
  if (url === undefined && local !== null) return { url: local.url, token: token ?? local.token };
  if (url !== undefined) {
    throw new CommandFailure(
      exitCodes.usage,
      `a token is needed for ${url}. Set PLIMSOLL_TOKEN; the console makes one under Tokens`,
    );
  }
  throw new CommandFailure(
    exitCodes.unavailable,
    `no server is running on the data folder ${folder}. Start one with npm start, or name one with --url and PLIMSOLL_TOKEN`,
  );
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'title' in value && 'detail' in value && 'status' in value;

const codeOf = (status: number, problem: Problem | null): ExitCode => {
  if (status === 401 || status === 403) return exitCodes.forbidden;
  if (problem?.type === '/problems/definitions-faulty') return exitCodes.faults;
  return status >= 500 && status !== 507 ? exitCodes.bug : exitCodes.refused;
};

/** One request of the command line to the server. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: JsonValue;
}

/**
 * Asks the server. @returns the JSON value of a good answer
 * @throws CommandFailure with the problem's own words, or with the next step when nobody answers
 */
export async function ask(target: Target, request: Request, signal: AbortSignal): Promise<unknown> {
  const response = await send(target, request, signal);
  const text = await response.text();
  const value: unknown = text === '' ? null : parsed(text, target.url);
  if (response.ok) return value;
  const problem = isProblem(value) ? value : null;
  const words = problem === null ? `the server answered ${response.status}` : wordsOfProblem(problem);
  throw new CommandFailure(codeOf(response.status, problem), words);
}

/** Failures before a connection stood: nothing can have happened. */
const codesBeforeSending: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const isUnsaid = (reason: unknown): boolean =>
  !(reason instanceof Error) || !('code' in reason) || codesBeforeSending.has(reason.code);

async function send(target: Target, request: Request, signal: AbortSignal): Promise<Response> {
  const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
  const type = request.body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    return await fetch(new URL(request.path, target.url), {
      method: request.method,
      headers: { authorization: `Bearer ${target.token}`, accept: 'application/json', ...type },
      signal,
      ...body,
    });
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    const why = reason instanceof Error ? reason.message : String(reason);
    const next = isUnsaid(reason)
      ? 'Is the server running? Try npm start'
      : 'The connection broke after the request was sent, so it may have been done. Look first (plimsoll diff), then send it again';
    throw new CommandFailure(exitCodes.unavailable, `no answer from ${target.url}: ${why}. ${next}`, { cause });
  }
}

function parsed(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandFailure(
      exitCodes.unavailable,
      `${url} does not answer like Plimsoll; found "${text.slice(0, 60)}". Check the address`,
      { cause },
    );
  }
}

function wordsOfProblem(problem: Problem): string {
  const isFaulty = problem.type === '/problems/definitions-faulty';
  const places = (problem.errors ?? []).map((one) =>
    isFaulty ? harmless(one.detail) : harmless(`  ${one.pointer}: ${one.detail}`),
  );
  return [`${problem.title}: ${problem.detail}`, ...places].join('\n');
}
