/**
 * How long from `npm start` to ready, with everything installed and built: `node bench/start.ts`. Cold is the first
 * start in a clone (nothing compiled yet, no data), warm any later one. npm's own time is part of it, as it is for a person.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectFolder } from '../tools/runtime.mjs';
import { machineName, medianOf } from './measure.ts';

const rounds = 5;
const readyMsMax = 60_000;

/** The machine's own Node and npm come first, as in a person's shell. */
function personsEnvironment(): NodeJS.ProcessEnv {
  const own = join(projectFolder, 'node_modules');
  const path = (process.env.PATH ?? '').split(delimiter).filter((place) => !place.startsWith(own));
  const npmless = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  return { ...Object.fromEntries(npmless), PATH: path.join(delimiter) };
}

/** Starts a server on data of its own, waits until it says that it is ready, and stops it. @returns milliseconds */
async function startOnce(data: string): Promise<number> {
  const started = performance.now();
  const server = spawn('npm', ['start', '--', '--http-port', '0', '--data', data, '--json'], {
    cwd: projectFolder,
    env: personsEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const stop = (): boolean => server.pid !== undefined && process.kill(-server.pid, 'SIGTERM');
  const late = setTimeout(stop, readyMsMax);
  let readyMs = Number.NaN;
  for await (const line of createInterface({ input: server.stdout })) {
    if (!line.startsWith('{') || !Number.isNaN(readyMs)) continue;
    readyMs = performance.now() - started;
    stop();
  }
  clearTimeout(late);
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  if (Number.isNaN(readyMs)) throw new Error(`the server did not get ready; npm start ended with ${server.exitCode}`);
  return readyMs;
}

const secondsGoal = 1;

const told = (name: string, values: readonly number[]): string =>
  `${name}: ${Math.round(medianOf(values))} ms, the middle of ${values.map((ms) => Math.round(ms)).join(', ')}`;

const data = mkdtempSync(join(tmpdir(), 'plimsoll-start-'));
const compiled = join(projectFolder, '.cache', 'compiled');
try {
  // Once unmeasured: it installs and builds what is missing.
  await startOnce(join(data, 'first'));
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    rmSync(compiled, { recursive: true, force: true });
    cold.push(await startOnce(join(data, String(round))));
    warm.push(await startOnce(join(data, String(round))));
  }
  console.log(machineName());
  console.log(told('npm start to ready, the first in a clone', cold));
  console.log(
    `${told('npm start to ready, later ones', warm)}; goal ${secondsGoal} s: ${medianOf(warm) <= secondsGoal * 1_000 ? 'met' : 'MISSED'}`,
  );
} finally {
  rmSync(data, { recursive: true, force: true });
}
