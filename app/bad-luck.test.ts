import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { realClock } from '../platform/edge/clock.ts';
import { createLog } from '../platform/http/log.ts';
import { openSqliteJournal } from '../platform/journal/sqlite.ts';
import { openSqliteRecords } from '../platform/records/sqlite.ts';
import { readConfig } from './config.ts';
import { exitCodes } from './exit-codes.ts';
import { putMark, readMark } from './journal-mark.ts';
import { serve } from './serve.ts';
import { plimsoll, type TestContext, temporaryFolder, writeFiles } from './testing.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));

const sample = mkdtempSync(join(tmpdir(), 'plimsoll-used-'));
after(() => rmSync(sample, { recursive: true, force: true }));

/** Leaves in `sample` the data of a server that somebody signed in to, stopped. */
before(async () => {
  const served = await serve({
    config: readConfig({ data: sample, 'http-port': '0' }, {}),
    log: createLog({ level: 'silent' }),
    onStopped: () => undefined,
  });
  const code = new URL(served.signInLink ?? '').hash.replace('#code=', '');
  const signedIn = await fetch(new URL('/api/v1/session/link', served.url), {
    method: 'POST',
    headers: { origin: served.url, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  assert.equal(signedIn.status, 200, await signedIn.text());
  await served.stop();
});

function usedData(t: TestContext): string {
  const data = join(temporaryFolder(t), 'data');
  cpSync(sample, data, { recursive: true });
  chmodSync(data, 0o700);
  return data;
}

/** Appends one fact, as a later version of the program would. */
async function appendForeign(data: string, type: string, subject: string): Promise<void> {
  const journal = await openSqliteJournal({ file: join(data, 'journal.db'), clock: realClock });
  const fact = { id: 'fct_later', type, subject, actor: 'system:later', cause: null, at: realClock.now(), data: {} };
  const { outcome } = await journal.append({ facts: [fact as never], expected: [] });
  assert.equal(outcome, 'appended');
  await journal.close();
}

const startOn = (data: string): ReturnType<typeof plimsoll> => plimsoll(['serve', '--data', data, '--http-port', '0']);

/** Runs a program of its own whose output is read to the first piece only, or not at all. */
function spawnProgram(t: TestContext, words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

describe('bad luck with data', () => {
  test('a fact of a later version: the start names it, says what to do, and leaves no port open; so does doctor', async (t) => {
    for (const [type, subject, words] of [
      [
        'incident.opened',
        'incident/1',
        /fact \d+ \(incident\.opened of incident\/1.*knows nothing that is called incident/,
      ],
      ['user.promoted', 'user/usr_1', /fact \d+ \(user\.promoted of user\/usr_1/],
    ] as const) {
      const data = usedData(t);
      await appendForeign(data, type, subject);
      const ran = await startOn(data);
      assert.equal(ran.code, exitCodes.unavailable, ran.error);
      assert.match(ran.error, words);
      assert.match(ran.error, /Did a newer one write to this data\?/);
      assert.doesNotMatch(ran.error, /fault of Plimsoll/);
      const doctor = await plimsoll(['doctor', '--data', data]);
      assert.match(doctor.out, new RegExp(`TROUBLE\\s+Facts\\s+fact \\d+ \\(${type}.*cannot be read by Plimsoll`));
    }
  });

  test('a start that fails ends: its process is gone, and signals are not needed', async (t) => {
    const data = usedData(t);
    await appendForeign(data, 'user.promoted', 'user/usr_1');
    const child = spawnProgram(t, ['serve', '--data', data, '--http-port', '0']);
    const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
    assert.equal(code, exitCodes.unavailable);
  });

  test('a journal that is lost beside records of people is no first start, and nothing is erased', async (t) => {
    const data = usedData(t);
    const before = readFileSync(join(data, 'records.db'));
    for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm']) rmSync(join(data, name), { force: true });
    const ran = await startOn(data);
    assert.equal(ran.code, exitCodes.unavailable, ran.out);
    assert.match(ran.error, /the journal was lost\. Nothing was changed\. Put a backup in its place/);
    assert.deepEqual(readFileSync(join(data, 'records.db')), before);
  });

  test('records that are lost beside a journal that knows people: no silent start, and doctor says so', async (t) => {
    for (const lose of [(file: string) => rmSync(file), (file: string) => truncateSync(file, 0)]) {
      const data = usedData(t);
      const file = join(data, 'records.db');
      lose(file);
      const doctor = await plimsoll(['doctor', '--data', data]);
      assert.match(doctor.out, /TROUBLE\s+Records\s+journal\.db knows of people, but records\.db.*were lost/);
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        const ran = await startOn(data);
        assert.equal(ran.code, exitCodes.unavailable, ran.out);
        assert.match(ran.error, /the records were lost\. Nothing was changed\. Put a backup in its place/);
      }
    }
  });

  test('an older or another journal beside the records is refused, before a record is erased', async (t) => {
    for (const [mark, words] of [
      [{ seq: 4_000, hash: '0'.repeat(64) }, /journal\.db ends at fact \d+, but .* fact 4000, so it is an older one/],
      [{ seq: 1, hash: '0'.repeat(64) }, /fact 1 of journal\.db is not the one .* another journal/],
    ] as const) {
      const data = usedData(t);
      const records = openSqliteRecords({ path: join(data, 'records.db') });
      const own = await readMark(records);
      assert.ok(own !== null && own.seq > 1, 'a server that stopped leaves its mark');
      await putMark(records, mark);
      await records.close();
      const before = readFileSync(join(data, 'records.db'));
      const ran = await startOn(data);
      assert.equal(ran.code, exitCodes.unavailable, ran.out);
      assert.match(ran.error, words);
      assert.match(ran.error, /Nothing was changed.*plimsoll restore DIR/);
      assert.deepEqual(readFileSync(join(data, 'records.db')), before);
      assert.match(
        (await plimsoll(['doctor', '--data', data])).out,
        new RegExp(`TROUBLE\\s+Records\\s+${words.source}`),
      );
    }
  });

  test('files that are cut or overwritten: named, with the next step, and no talk of a fault of the program', async (t) => {
    for (const name of ['journal.db', 'records.db']) {
      for (const damage of [
        (file: string) => truncateSync(file, 2_000),
        (file: string) => writeFileSync(file, 'not a database at all, and longer than a header'.repeat(200)),
      ]) {
        const data = usedData(t);
        damage(join(data, name));
        const ran = await startOn(data);
        assert.equal(ran.code, exitCodes.unavailable, ran.error);
        assert.match(ran.error, new RegExp(`${name}: it is (damaged|no database).*plimsoll restore DIR`));
        const part = name === 'journal.db' ? 'Journal' : 'Records';
        assert.match((await plimsoll(['doctor', '--data', data])).out, new RegExp(`TROUBLE\\s+${part}.*${name}`));
        const made = await plimsoll(['backup', join(temporaryFolder(t), 'b'), '--data', data]);
        assert.equal(made.code, exitCodes.unavailable, made.error);
      }
    }
  });

  test('a full disk is told by /readyz, and that it is over too', async (t) => {
    const data = join(temporaryFolder(t), 'data');
    let freeBytes = 10 * 1024 ** 3;
    const served = await serve({
      config: readConfig({ data, 'http-port': '0' }, {}),
      log: createLog({ level: 'silent' }),
      freeBytes: () => freeBytes,
      onStopped: (reason) => {
        throw reason;
      },
    });
    t.after(() => served.stop());
    const readiness = async (): Promise<[number, string]> => {
      const answer = await fetch(new URL('/readyz', served.url));
      return [answer.status, await answer.text()];
    };
    assert.equal((await readiness())[0], 200);
    freeBytes = 0;
    const [status, words] = await readiness();
    assert.equal(status, 503);
    assert.match(words, /full \(0 MB are free\): nothing can be stored\. What was acknowledged is safe/);
    freeBytes = 10 * 1024 ** 3;
    assert.equal((await readiness())[0], 200);
  });

  test("somebody's folder is not taken for data: it is refused, and its mode stays", async (t) => {
    const folder = temporaryFolder(t);
    chmodSync(folder, 0o755);
    writeFiles(folder, { 'thesis.txt': 'years of work' });
    const ran = await startOn(folder);
    assert.equal(ran.code, exitCodes.unavailable);
    assert.match(ran.error, /is no data folder: it holds "thesis\.txt"/);
    assert.equal(statSync(folder).mode & 0o777, 0o755);
  });
});

describe('bad luck with backups', () => {
  test('restore: a data folder named with a slash at its end is replaced all the same', async (t) => {
    const data = usedData(t);
    const target = join(temporaryFolder(t), 'backup');
    assert.equal((await plimsoll(['backup', `${target}/`, '--data', `${data}/`])).code, exitCodes.done);
    const restored = await plimsoll(['restore', `${target}/`, '--data', `${data}/`, '--json']);
    assert.equal(restored.code, exitCodes.done, restored.error);
    const { movedAside } = JSON.parse(restored.out) as { movedAside: string };
    t.after(() => rmSync(movedAside, { recursive: true, force: true }));
    assert.ok(movedAside.startsWith(`${data}.before-`));
  });

  test('restore: a manifest that is no manifest, and a backup inside the data, are refused', async (t) => {
    const source = temporaryFolder(t);
    const data = join(temporaryFolder(t), 'data');
    for (const text of ['{', 'null', '{"product":"plimsoll","format":1,"files":null,"head":null}']) {
      writeFileSync(join(source, 'manifest.json'), text);
      const ran = await plimsoll(['restore', source, '--data', data]);
      assert.equal(ran.code, exitCodes.refused, ran.error);
      assert.match(ran.error, /manifest\.json is not what this version writes: expected JSON/);
    }
    const within = await plimsoll(['restore', join(data, 'backup'), '--data', data]);
    assert.match(within.error, /lies in the data folder/);
  });

  test('backup: records that were copied after the journal went on fit the copy of the journal', async (t) => {
    const data = usedData(t);
    const records = openSqliteRecords({ path: join(data, 'records.db') });
    await putMark(records, { seq: 4_000, hash: 'f'.repeat(64) });
    await records.close();
    const target = join(temporaryFolder(t), 'backup');
    const made = await plimsoll(['backup', target, '--data', data, '--json']);
    assert.equal(made.code, exitCodes.done, made.error);
    const copy = openSqliteRecords({ path: join(target, 'records.db') });
    assert.deepEqual(await readMark(copy), JSON.parse(made.out).head);
    await copy.close();
  });

  test('backup: a file in the place of the folder is said, not reported as a fault', async (t) => {
    const data = usedData(t);
    const file = join(temporaryFolder(t), 'file');
    writeFileSync(file, '');
    const ran = await plimsoll(['backup', file, '--data', data]);
    assert.equal(ran.code, exitCodes.unavailable, ran.error);
    assert.match(ran.error, /a part of the path is a file; expected a folder/);
    rmSync(join(data, 'records.db'));
    const half = await plimsoll(['backup', join(temporaryFolder(t), 'b'), '--data', data]);
    assert.match(half.error, /records\.db is not there/);
  });
});

describe('bad luck with the terminal', () => {
  test('check: whoever reads the output goes away; no stack is printed, and the exit code stays', async (t) => {
    const folder = temporaryFolder(t);
    mkdirSync(folder, { recursive: true });
    const documents = Array.from({ length: 400 }, (_, index) => `kind: Nothing\nmetadata: { name: n${index} }\n`);
    appendFileSync(join(folder, 'many.yaml'), documents.join('---\n'));
    const child = spawnProgram(t, ['check', folder]);
    child.stdout?.destroy();
    const errors: string[] = [];
    child.stderr?.on('data', (piece) => errors.push(String(piece)));
    const [code] = await once(child, 'close');
    assert.equal(code, exitCodes.faults);
    assert.equal(errors.join(''), '');
  });

  test('serve: goes on when its output is closed, and stops in order when its terminal is', async (t) => {
    const data = join(temporaryFolder(t), 'data');
    const child = spawnProgram(t, ['serve', '--data', data, '--http-port', '0', '--log']);
    await once(child.stdout ?? assert.fail('no output'), 'data');
    child.stdout?.destroy();
    let url: string | undefined;
    while (url === undefined) {
      url = readServer(data)?.url;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (let index = 0; index < 5; index += 1) assert.equal((await fetch(new URL('/healthz', url))).status, 200);
    child.kill('SIGHUP');
    child.kill('SIGHUP');
    const [code] = await once(child, 'exit');
    assert.equal(code, exitCodes.done);
  });
});

function readServer(data: string): { url: string } | null {
  try {
    return JSON.parse(readFileSync(join(data, 'server.json'), 'utf8'));
  } catch {
    return null;
  }
}
