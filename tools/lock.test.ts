import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { alone } from './lock.mjs';
import { temporaryFolder } from './testing.ts';

const nobodyWaits = (): void => assert.fail('nobody holds the lock');

test('alone: gives the answer of the work and leaves no lock', async (context) => {
  const file = join(temporaryFolder(context), 'deep/lock');
  const seen = await alone(file, { work: async () => readFileSync(file, 'utf8'), onWait: nobodyWaits });
  assert.equal(seen, String(process.pid));
  assert.equal(existsSync(file), false);
});

test('alone: work that fails leaves no lock either', async (context) => {
  const file = join(temporaryFolder(context), 'lock');
  const failing = alone(file, { work: () => Promise.reject(new Error('no network')), onWait: nobodyWaits });
  await assert.rejects(failing, /no network/);
  assert.equal(existsSync(file), false);
});

test('alone: a lock whose process has died is free', async (context) => {
  const file = join(temporaryFolder(context), 'lock');
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  writeFileSync(file, String(pid));
  assert.equal(await alone(file, { work: async () => 'done', onWait: nobodyWaits }), 'done');
});

test('alone: waits for a living holder, says so once, and gives up with the next step', async (context) => {
  const file = join(temporaryFolder(context), 'lock');
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  context.after(() => holder.kill());
  writeFileSync(file, String(holder.pid));
  const waits: number[] = [];
  const waiting = alone(file, { work: async () => 'never', onWait: (pid) => waits.push(pid), waitMs: 500 });
  await assert.rejects(waiting, /remove that file and try again/);
  assert.deepEqual(waits, [holder.pid]);
});

test('alone: four processes at a time work one after the other', async (context) => {
  const folder = temporaryFolder(context);
  const script = `
    import { alone } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)};
    import { appendFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    const work = async () => {
      appendFileSync('log', 'in ');
      await sleep(60);
      appendFileSync('log', 'out ');
    };
    await alone('lock', { work, onWait: () => {} });`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, stdio: 'inherit' }),
  );
  const ends = await Promise.all(children.map((child) => once(child, 'exit')));
  assert.deepEqual(
    ends.map(([code]) => code),
    [0, 0, 0, 0],
  );
  assert.equal(readFileSync(join(folder, 'log'), 'utf8'), 'in out '.repeat(4));
});
