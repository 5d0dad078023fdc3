import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { planOf } from './plan.mjs';
import { majorOf, packagedNode, productNode, projectFolder, runInPlace, tooOldNode } from './runtime.mjs';

describe('Node', () => {
  test('majorOf: reads a version with and without its v, and takes nonsense for very old', () => {
    assert.deepEqual([majorOf('v26.10.0'), majorOf('20.1.0'), majorOf('next')], [26, 20, 0]);
  });

  test('tooOldNode: refuses 18 with the next step, takes 20', () => {
    assert.match(tooOldNode('v18.20.4') ?? '', /Node v18\.20\.4.*needs Node 20[\s\S]*Next: install Node 20/);
    assert.equal(tooOldNode('v20.0.0'), undefined);
  });

  test('productNode: the Node at hand when it is new enough', () => {
    assert.equal(productNode(), process.execPath);
    assert.match(packagedNode(projectFolder), /node_modules.node.bin.node/);
  });
});

describe('runInPlace', () => {
  const run = (script: string) => runInPlace(process.execPath, ['-e', script], { stdio: 'ignore' });

  test('its end is ours: exit code and signal', async () => {
    assert.deepEqual(await run('process.exitCode = 3'), { code: 3, signal: null });
    assert.equal((await run('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)')).signal, 'SIGTERM');
  });

  test('a program that is not there: rejects', async () => {
    await assert.rejects(runInPlace('/no/such/program', []), /ENOENT/);
  });
});

describe('planOf', () => {
  test('start: the server with its arguments, and the console', () => {
    const plan = planOf(['start', '--port', '0']);
    assert.deepEqual(plan.args, ['serve', '--port', '0']);
    assert.deepEqual([plan.extent, plan.console], ['start', true]);
  });

  test('plimsoll: the console only for serve', () => {
    assert.equal(planOf(['plimsoll', 'serve']).console, true);
    assert.equal(planOf(['plimsoll', '--help']).console, false);
  });

  test('test: everything', () => {
    const plan = planOf(['test', 'journal']);
    assert.deepEqual([plan.extent, plan.console, plan.args], ['test', true, ['journal']]);
  });

  test('refuses an unknown command and a run without a file', () => {
    assert.throws(
      () => planOf(['strat']),
      /"strat" is no command of the launcher; expected start, test, run or plimsoll/,
    );
    assert.throws(() => planOf(['run']), /run needs a file/);
  });
});

test('launch: an unknown command ends with 1 and its reason on standard error', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(projectFolder, 'tools/launch.mjs'), 'strat']);
  assert.equal(status, 1);
  assert.equal(String(stdout), '');
  assert.match(String(stderr), /"strat" is no command/);
});
