import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hour, minute } from '../../kernel/time.ts';
import { exitCodes } from '../exit-codes.ts';
import { exampleOps, plimsoll, startServerHere, startServerProcess, temporaryFolder, writeFiles } from '../testing.ts';
import { clockCheck } from './data-checks.ts';
import { examine, type Finding } from './finding.ts';
import { nodeCheck } from './program-checks.ts';

const findingsOf = (text: string): readonly Finding[] => JSON.parse(text).findings;
const about = (findings: readonly Finding[], name: string): Finding | undefined =>
  findings.find((one) => one.about === name);

describe('doctor', () => {
  test('a running server: everything is looked at, nothing is wrong', async (t) => {
    const server = await startServerHere(t);
    const ran = await plimsoll(['doctor', '--data', server.data, '--json'], {
      PLIMSOLL_HTTP_PORT: new URL(server.url).port,
    });
    const findings = findingsOf(ran.out);
    assert.equal(ran.code, exitCodes.done, ran.out);
    assert.match(about(findings, 'Server')?.words ?? '', /answers at/);
    assert.match(about(findings, 'Journal')?.words ?? '', /\d+ facts, each one's hash holds/);
    assert.match(about(findings, 'Port')?.words ?? '', /our server's/);
  });

  test('beside a server that was stopped or killed, nothing is changed: no file more, no byte other', async (t) => {
    const data = join(temporaryFolder(t), 'data');
    const server = await startServerProcess(t, { data });
    const applied = await plimsoll(['apply', exampleOps, '--data', data]);
    assert.equal(applied.code, exitCodes.done, applied.error);
    const bytesOf = (name: string): string => readFileSync(join(data, name)).toString('base64');
    const filesOf = (): Record<string, string> =>
      Object.fromEntries(
        readdirSync(data)
          // The index of a log is shared memory, which readers mark their place in; the lock is tried, which tidies it.
          .filter((name) => !name.endsWith('-shm') && !name.startsWith('lock.db'))
          .map((name) => [name, bytesOf(name)]),
      );
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      if (signal === 'SIGTERM') await (await startServerProcess(t, { data })).end(signal);
      else await server.end(signal);
      const before = filesOf();
      const ran = await plimsoll(['doctor', '--data', data, '--json'], { PLIMSOLL_HTTP_PORT: '1' });
      assert.match(about(findingsOf(ran.out), 'Journal')?.words ?? '', /\d+ facts, each one's hash holds/);
      assert.deepEqual(Object.keys(filesOf()), Object.keys(before), signal);
      assert.deepEqual(filesOf(), before, signal);
    }
  });

  test('before the first start: notes, no trouble', async (t) => {
    const ran = await plimsoll(['doctor', '--data', join(temporaryFolder(t), 'none'), '--json'], {
      PLIMSOLL_HTTP_PORT: '1',
    });
    assert.equal(ran.code, exitCodes.done, ran.out);
    assert.equal(about(findingsOf(ran.out), 'Data folder')?.state, 'note');
  });

  test('data that others can read is trouble, with the command that mends it', async (t) => {
    const data = join(temporaryFolder(t), 'data');
    mkdirSync(data);
    chmodSync(data, 0o755);
    const ran = await plimsoll(['doctor', '--data', data]);
    assert.equal(ran.code, exitCodes.faults);
    assert.match(ran.out, /TROUBLE\s+Data folder.*chmod 700/);
  });

  test('a damaged file of records is trouble', async (t) => {
    const data = temporaryFolder(t);
    chmodSync(data, 0o700);
    writeFileSync(join(data, 'records.db'), Buffer.alloc(8192, 7));
    const ran = await plimsoll(['doctor', '--data', data, '--json']);
    assert.equal(about(findingsOf(ran.out), 'Records')?.state, 'trouble');
  });

  test('a port that another process holds is trouble, naming it', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const port = String((other.address() as AddressInfo).port);
    const ran = await plimsoll(['doctor', '--data', join(temporaryFolder(t), 'none'), '--json'], {
      PLIMSOLL_HTTP_PORT: port,
    });
    assert.match(about(findingsOf(ran.out), 'Port')?.words ?? '', new RegExp(`taken by .*${process.pid}`));
  });

  test('settings and definitions that are wrong are trouble, each by its own name', async (t) => {
    const ops = temporaryFolder(t);
    writeFiles(ops, { 'bad.yaml': 'kind: [' });
    const ran = await plimsoll(['doctor', '--data', join(temporaryFolder(t), 'none'), '--json'], { PLIMSOLL_OPS: ops });
    assert.match(about(findingsOf(ran.out), 'Definitions')?.words ?? '', /bad\.yaml:1:/);
    const typo = await plimsoll(['doctor', '--json'], { PLIMSOLL_DATE: 'x' });
    assert.match(about(findingsOf(typo.out), 'Settings')?.words ?? '', /PLIMSOLL_DATE is not known/);
  });

  test('a clock that was set back is trouble', async (t) => {
    const server = await startServerHere(t);
    const check = clockCheck(server.data, () => Date.now() - 5 * hour + minute);
    const [finding] = await examine([check]);
    assert.equal(finding?.state, 'trouble');
    assert.match(finding?.words ?? '', /4 h in the future/);
  });

  test('an old Node is trouble; a check that throws is a finding too', async () => {
    const broken = { about: 'Broken', look: () => Promise.reject(new Error('no luck')) };
    const findings = await examine([nodeCheck('v20.1.0'), broken]);
    assert.deepEqual(
      findings.map((one) => one.state),
      ['trouble', 'trouble'],
    );
    assert.match(findings[1]?.words ?? '', /could not be looked at: no luck/);
  });
});
