/** Runs test files, each in a process of its own, several at a time. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { projectFolder } from '../runtime.mjs';
import { type RunnerEvent, type Tally, tallyOf } from './tally.ts';

/** When no file ends for so long, those that run hang: all is ended, and what had not ended counts as failed. */
const silenceMsMax = 300_000;

/**
 * @param paths from the project's folder
 * @param atOnce how many files run at a time; the machine's processors when left out
 */
export async function runFiles(paths: readonly string[], atOnce = availableParallelism()): Promise<Tally> {
  const files = paths.map((path) => join(projectFolder, path));
  // Each file is a process that loads much the same: what one has compiled, the next takes from the cache.
  process.env.NODE_COMPILE_CACHE ??= join(projectFolder, '.cache', 'compiled');
  const silence = new AbortController();
  const hanging = new Error(`ended by force, running or waiting: no test file had ended for ${silenceMsMax / 1000} s`);
  const watch = setTimeout(() => silence.abort(hanging), silenceMsMax);
  const events: RunnerEvent[] = [];
  for await (const event of run({ files, cwd: projectFolder, concurrency: atOnce, signal: silence.signal })) {
    const told = event as RunnerEvent;
    events.push(told);
    if (told.type === 'test:complete' && told.data.name === told.data.file) watch.refresh();
  }
  clearTimeout(watch);
  return tallyOf(events, projectFolder);
}
