/**
 * What `npm start`, `npm test` and `plimsoll` stand on. Runs on the machine's own Node with nothing installed: installs what
 * is missing, builds the console when it is stale, and goes on under Node 26.
 *
 *   node tools/launch.mjs start [ARGS]       plimsoll serve ARGS
 *   node tools/launch.mjs test [FILTER]      every test, or the files whose path holds FILTER
 *   node tools/launch.mjs run FILE [ARGS]    a TypeScript file of this project, with everything installed
 *   node tools/launch.mjs plimsoll [ARGS]    the program itself
 *
 * Words of the launcher go to standard error, so that `plimsoll … --json` stays parseable.
 */
import * as module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildConsole, isConsoleBuilt } from './console.mjs';
import { install, missingExtent, missingNodeInWords } from './install.mjs';
import { alone, faultCode } from './lock.mjs';
import { planOf } from './plan.mjs';
import { majorOf, productNode, productNodeMajorMin, projectFolder, runInPlace, tooOldNode } from './runtime.mjs';

/** @typedef {import('./plan.mjs').Plan} Plan */

const say = (/** @type {string} */ words) => void process.stderr.write(`${words}\n`);

/** Whether nothing must be installed or built first. @param {Plan} plan */
const isReady = (plan) =>
  missingExtent(projectFolder, plan.extent) === undefined && (!plan.console || isConsoleBuilt(projectFolder));

/** Installs and builds what the plan needs. @param {Plan} plan */
async function prepare(plan) {
  const missing = missingExtent(projectFolder, plan.extent);
  if (missing !== undefined) await install({ folder: projectFolder, extent: missing, say });
  if (!plan.console || isConsoleBuilt(projectFolder)) return;
  await buildConsole({ folder: projectFolder, node: productNode() ?? process.execPath, say });
}

/** Prepares while no other process does. @param {Plan} plan */
async function prepareAlone(plan) {
  try {
    await alone(join(projectFolder, '.cache', 'launch.lock'), {
      work: () => prepare(plan),
      onWait: (pid) => say(`Another start (process ${pid}) is installing or building here; waiting for it.`),
    });
  } catch (fault) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(faultCode(fault) ?? '')) throw fault;
    const words = fault instanceof Error ? fault.message : '';
    throw new Error(
      `${projectFolder} cannot be written (${words}), and something must be installed or built in it.\nNext: clone the project into a folder of your own.`,
      { cause: fault },
    );
  }
}

/**
 * Goes on under Node 26: in this process when it is one, else in a child that stands in its place.
 * @param {readonly string[]} words
 * @param {Plan} plan
 */
async function carryOut(words, plan) {
  if (majorOf(process.version) >= productNodeMajorMin) {
    // What was compiled and stripped of its types once is kept: a warm start loads it from there.
    // Threads read it from the environment.
    const compiled = join(projectFolder, '.cache', 'compiled');
    process.env.NODE_COMPILE_CACHE = compiled;
    module.enableCompileCache?.(compiled);
    process.argv = [process.execPath, plan.file, ...plan.args];
    await import(pathToFileURL(plan.file).href);
    return;
  }
  const node = productNode();
  if (node === undefined) throw new Error(missingNodeInWords(projectFolder));
  const { code, signal } = await runInPlace(node, [fileURLToPath(import.meta.url), ...words]);
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = code;
}

/**
 * The plan, with all in place to carry it out; undefined when that failed and the reason was said.
 * @param {readonly string[]} words what stood behind launch.mjs
 */
async function prepared(words) {
  try {
    const tooOld = tooOldNode(process.version);
    if (tooOld !== undefined) throw new Error(tooOld);
    const plan = planOf(words);
    if (!isReady(plan)) await prepareAlone(plan);
    return plan;
  } catch (fault) {
    say(fault instanceof Error ? fault.message : String(fault));
    return undefined;
  }
}

const words = process.argv.slice(2);
const plan = await prepared(words);
// A fault from here on is the program's own and is shown with its stack.
if (plan === undefined) process.exitCode = 1;
else await carryOut(words, plan);
