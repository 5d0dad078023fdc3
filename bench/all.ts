/** Every benchmark, one after the other, so that none disturbs another: `npm run bench`. Each can be run alone as well. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../tools/runtime.mjs';

const programs = ['bench/start.ts', 'bench/journal.ts', 'bench/definitions.ts'];

for (const program of programs) {
  console.log(`\n${program}`);
  const { status } = spawnSync(process.execPath, [join(projectFolder, program)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
