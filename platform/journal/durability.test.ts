import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqliteJournal } from './sqlite.ts';

const writerScript = fileURLToPath(new URL('./crash-writer.ts', import.meta.url));

const succeeds = (command: string, ...parameters: readonly string[]): boolean =>
  spawnSync(command, parameters, { stdio: 'ignore' }).status === 0;

/** Leaves a test out with a reason; on the build server, where all must run, that is a failure. */
function leaveOut(context: TestContext, reason: string): void {
  assert.ok(process.env.CI !== 'true', `may not be left out where CI=true: ${reason}`);
  context.skip(reason);
}

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-durable-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** What a line of the trace tells about durability. */
type Step = { readonly kind: 'write' | 'sync' } | { readonly kind: 'acknowledgement'; readonly id: string };

/** Reads `strace -f -y`: a call that another thread's cuts in two counts where it begins (writes) or ends (syncs). */
function stepOf(line: string): Step | null {
  if (/\bpwrite64\(\d+<[^>]*-wal>/.test(line)) return { kind: 'write' };
  const isSync =
    /\b(?:fsync|fdatasync)\(\d+<[^>]*-wal>\)\s+= 0/.test(line) ||
    /<\.\.\. (?:fsync|fdatasync) resumed>\)\s+= 0/.test(line);
  if (isSync) return { kind: 'sync' };
  const id = /\bwrite\(1<[^>]*>, "(fct_\w+) /.exec(line)?.[1];
  return id === undefined ? null : { kind: 'acknowledgement', id };
}

/** Walks the trace: at each acknowledgement all that was written to the log before is synced. */
function checkTrace(steps: readonly Step[]): number {
  let isSynced = false;
  let writtenSince = false;
  let acknowledgedCount = 0;
  for (const step of steps) {
    if (step.kind === 'write') {
      isSynced = false;
      writtenSince = true;
    }
    if (step.kind === 'sync') isSynced = true;
    if (step.kind === 'acknowledgement') {
      assert.ok(writtenSince, `${step.id} was written to the log before it was acknowledged`);
      assert.ok(isSynced, `${step.id} was synced between its write and its acknowledgement`);
      writtenSince = false;
      acknowledgedCount += 1;
    }
  }
  return acknowledgedCount;
}

test('durability: system calls show a sync between each write and its acknowledgement', (context) => {
  if (!succeeds('strace', '-f', '-o', '/dev/null', 'true')) {
    return leaveOut(context, 'strace is not there or may not trace: install it (apt install strace)');
  }
  const folder = temporaryFolder(context);
  const trace = join(folder, 'trace');
  // One append at a time, so that no write of a later one stands between a sync and its acknowledgement.
  const watched = ['-f', '-y', '-s', '64', '-e', 'trace=write,pwrite64,fsync,fdatasync', '-o', trace];
  const writer = [process.execPath, writerScript, join(folder, 'journal.db'), '1', '3', '25'];
  const run = spawnSync('strace', [...watched, ...writer], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const steps = readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line) => stepOf(line) ?? []);
  assert.equal(checkTrace(steps), 25);
});

test('durability: what a killed process left in the log is synced before anything else happens', async (context) => {
  if (!succeeds('strace', '-f', '-o', '/dev/null', 'true')) {
    return leaveOut(context, 'strace is not there or may not trace: install it (apt install strace)');
  }
  const folder = temporaryFolder(context);
  const file = join(folder, 'journal.db');
  const killed = spawn(process.execPath, [writerScript, file, '1', '3'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of killed.stdout) if (String(chunk).includes('fct_')) break;
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  assert.ok(statSync(`${file}-wal`).size > 0, 'the kill left a log');
  const trace = join(folder, 'trace');
  const watched = ['-f', '-y', '-e', 'trace=pwrite64,fsync,fdatasync,write', '-s', '64', '-o', trace];
  const run = spawnSync('strace', [...watched, process.execPath, writerScript, file, '1', '3', '1'], {
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stderr);
  const kinds = readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line) => stepOf(line)?.kind ?? []);
  assert.equal(kinds[0], 'sync');
});

test('durability: a trace without a sync, or with one that comes too late, is found out', () => {
  const write = { kind: 'write' } as const;
  const sync = { kind: 'sync' } as const;
  const acknowledgement = { kind: 'acknowledgement', id: 'fct_1' } as const;
  assert.throws(() => checkTrace([write, acknowledgement]), /was synced between/);
  assert.throws(() => checkTrace([write, acknowledgement, sync]), /was synced between/);
  assert.throws(() => checkTrace([write, sync, write, acknowledgement]), /was synced between/);
  assert.throws(() => checkTrace([sync, acknowledgement]), /was written/);
  assert.equal(checkTrace([write, sync, acknowledgement]), 1);
});

const mountNamespace = ['--mount', '--map-root-user'] as const;

test('full disk: on a real one the append is refused, nothing acknowledged is lost, and it goes on when there is room', async (context) => {
  if (!succeeds('unshare', ...mountNamespace, 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt')) {
    return leaveOut(context, 'this system lets us mount no small file system (unshare --mount, tmpfs)');
  }
  const folder = temporaryFolder(context);
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  // The writer runs until its file system of 1 MiB is full; then what it left is carried to a disk with room.
  const script = [
    `mount -t tmpfs -o size=1m tmpfs "${disk}"`,
    `"${process.execPath}" "${writerScript}" "${disk}/journal.db" 4 9 > "${folder}/said"`,
    `cp "${disk}"/journal.db* "${folder}"`,
  ].join(' && ');
  const run = spawnSync('unshare', [...mountNamespace, 'sh', '-c', script], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const lines = readFileSync(join(folder, 'said'), 'utf8').trim().split('\n').slice(1);
  assert.ok(lines.includes('no-space'), `it ended for want of room: ${lines.at(-1)}`);
  const acknowledged = lines.filter((line) => line !== 'no-space');
  assert.ok(acknowledged.length > 50);
  const journal = await openSqliteJournal({ file: join(folder, 'journal.db') });
  const ids = new Set<string>();
  for await (const page of journal.read({ after: 0 })) for (const fact of page) ids.add(fact.id);
  for (const line of acknowledged) assert.ok(ids.has(line.split(' ')[0] ?? ''), `${line} was acknowledged`);
  assert.equal((await journal.verify()).fault, null);
  await journal.close();
});
