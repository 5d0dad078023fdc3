import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createLog } from '../platform/http/log.ts';
import { readConfig } from './config.ts';
import type { ExitCode } from './exit-codes.ts';
import { run } from './run.ts';
import { serve } from './serve.ts';

/** The real program: in this process where that shows the same, as a process of its own where it must be killed. */

const program = fileURLToPath(new URL('./main.ts', import.meta.url));

/** What a test can hang its cleaning up on. */
export interface TestContext {
  after(clean: () => unknown): void;
}

/** A folder that is gone when the test ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder; the keys are their paths. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Only what a process needs; nothing of ours that the machine may have set. */
const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PLIMSOLL_'))) as Record<
    string,
    string
  >;

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly error: string;
}

/** Runs one command to its end, in this process, with a terminal and an environment of its own. */
export async function plimsoll(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const lines = { out: [] as string[], error: [] as string[] };
  const code = await run(words, {
    out: (line) => void lines.out.push(line),
    error: (line) => void lines.error.push(line),
    environment: { ...cleanEnvironment(), ...environment },
    signal: new AbortController().signal,
    interactive: false,
  });
  return { code, out: lines.out.join('\n'), error: lines.error.join('\n') };
}

/** A server in this process, with everything real but the signals; stopped when the test ends. */
export async function startServerHere(t: TestContext): Promise<{ readonly url: string; readonly data: string }> {
  const data = join(temporaryFolder(t), 'data');
  const served = await serve({
    config: readConfig({ data, 'http-port': '0' }, {}),
    log: createLog({ level: 'silent' }),
    checkReplies: true,
    onStopped: (reason) => {
      throw reason;
    },
  });
  t.after(() => served.stop());
  return { url: served.url, data };
}

/** A server process that answers. */
export interface ServerProcess {
  readonly url: string;
  readonly signInLink: string | null;
  readonly data: string;
  readonly child: ChildProcess;
  /** Lines on standard error so far. */
  readonly errors: readonly string[];
  /** Ends it and resolves with the exit code, null when a signal ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface ServerProcessOptions {
  readonly data?: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a server on a free port, and waits until it is ready. It is killed when the test ends. */
export async function startServerProcess(t: TestContext, options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const data = options.data ?? join(temporaryFolder(t), 'data');
  const words = ['serve', '--json', '--data', data, '--http-port', '0', ...(options.flags ?? [])];
  const child = spawn(process.execPath, [program, ...words], {
    env: { ...cleanEnvironment(), ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended.then(() => null)]);
  assert.ok(line !== null, `the server starts; it said: ${errors.join('\n')}`);
  const { url, signInLink } = JSON.parse(String(line[0])) as { url: string; signInLink: string | null };
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return { url, signInLink, data, child, errors, end };
}

/** The definitions of the guide: good ones. */
export const exampleOps = fileURLToPath(new URL('../docs/guides/examples/ops', import.meta.url));
