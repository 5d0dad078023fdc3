/**
 * Makes the pictures of the documents anew: runs the browser tests, which look at every page, and keeps those pictures that a
 * document shows. `npm run screens`.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './runtime.mjs';

/** Where each picture of a document comes from, among those of the browser tests. */
const shown: Readonly<Record<string, string>> = {
  'bridge.png': 'bridge-chart-1440.png',
  'service-night.png': 'service-night-1440.png',
  'first-definition.png': 'bridge-first-night-1440.png',
  'bridge-phone.png': 'bridge-chart-360.png',
};

const tests = spawnSync(process.execPath, [join(projectFolder, 'tools', 'test.ts'), 'web/browser'], {
  cwd: projectFolder,
  env: { ...process.env, PLIMSOLL_SCREENS: 'keep' },
  stdio: 'inherit',
});
process.exitCode = tests.status ?? 1;
if (tests.status === 0) {
  const images = join(projectFolder, 'docs', 'images');
  mkdirSync(images, { recursive: true });
  for (const [image, screen] of Object.entries(shown)) {
    copyFileSync(join(projectFolder, 'test-output', 'screens', screen), join(images, image));
  }
  process.stdout.write(`${Object.keys(shown).length} pictures are in docs/images.\n`);
}
