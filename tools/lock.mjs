/** One installation at a time in a clone: a lock file that holds the number of the process that works. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long one waits for another, and how often one looks. */
const waitMsMax = 15 * 60_000;
const lookEveryMs = 200;

/** @param {unknown} fault @returns {string | undefined} */
export const faultCode = (fault) =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return faultCode(fault) === 'EPERM';
  }
}

/**
 * The process that holds the lock, or undefined when nobody living does.
 * @param {string} file
 */
function holderOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Between its creation and its first byte the file is empty: somebody is just taking it.
    if (pid === 0) return 0;
    return Number.isInteger(pid) && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock if it is free. A lock whose process has died is free.
 * @param {string} file
 * @returns {boolean}
 */
function take(file) {
  for (let round = 0; round < 2; round += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return true;
    } catch (fault) {
      if (faultCode(fault) !== 'EEXIST') throw fault;
      if (holderOf(file) !== undefined) return false;
      rmSync(file, { force: true });
    }
  }
  return false;
}

/**
 * Does a piece of work while no other process of this clone does one.
 * @template T
 * @param {string} file the lock
 * @param {{ work: () => Promise<T>, onWait: (pid: number) => void, waitMs?: number }} options `onWait` is called once, when another holds it
 * @returns {Promise<T>}
 * @throws {Error} when the other does not end in time; says which file to remove
 */
export async function alone(file, { work, onWait, waitMs = waitMsMax }) {
  mkdirSync(dirname(file), { recursive: true });
  const started = performance.now();
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file) ?? 0;
    if (!told) onWait(holder);
    told = true;
    if (performance.now() - started > waitMs) {
      throw new Error(
        `Process ${holder} has held ${file} for ${Math.round(waitMs / 1000)} s. If no other Plimsoll installs here, remove that file and try again.`,
      );
    }
    await sleep(lookEveryMs);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
