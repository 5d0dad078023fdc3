import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Fact } from '../../kernel/fact.ts';
import type { Journal } from './journal.ts';
import { openSqliteJournal } from './sqlite.ts';

const writerScript = fileURLToPath(new URL('./crash-writer.ts', import.meta.url));

/** All of it by hand with PLIMSOLL_CRASH_ROUNDS=200; a sample otherwise. */
const roundCount = Number(process.env.PLIMSOLL_CRASH_ROUNDS ?? 40);

/** Journals that are written and recovered side by side: one for each core of the smallest machine we test on. */
const laneCount = 2;

/** Longest life of a writer in milliseconds: after it has opened the journal, and after it was started. */
const lifeMsMax = { fromOpen: 40, fromStart: 250 } as const;

interface Life {
  readonly file: string;
  /** Compiled modules are kept here: starting a process is most of what a round costs. */
  readonly cache: string;
  /** Every so often a writer dies while it opens, and with that recovers, the journal. */
  readonly endsFrom: keyof typeof lifeMsMax;
}

/** One life of a writer, ended by SIGKILL: what it said was acknowledged. */
async function linesOf({ file, cache, endsFrom }: Life): Promise<readonly string[]> {
  const writer = spawn(process.execPath, [writerScript, file, '6', '5'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  const killSoon = (): void => void setTimeout(() => writer.kill('SIGKILL'), Math.random() * lifeMsMax[endsFrom]);
  let said = '';
  if (endsFrom === 'fromStart') killSoon();
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '' && endsFrom === 'fromOpen') killSoon();
    said += text;
  });
  await once(writer, 'close');
  assert.equal(writer.signalCode, 'SIGKILL', 'a writer lives until it is killed');
  // A line that the kill cut off was not said.
  return said.split('\n').slice(1, -1);
}

/** Holds what stands in the journal against what was acknowledged. */
async function checkLife(journal: Journal, after: number, acknowledged: readonly string[]): Promise<void> {
  const facts: Fact[] = [];
  for await (const page of journal.read({ after })) facts.push(...page);
  const places = new Map(facts.map((fact, index) => [fact.id as string, index]));
  for (const line of acknowledged) {
    const [id = '', count = ''] = line.split(' ');
    const start = places.get(id);
    assert.ok(start !== undefined, `the acknowledged fact ${id} is lost`);
    assert.equal(facts[start]?.data.of, Number(count));
  }
  for (let start = 0; start < facts.length; start += Number(facts[start]?.data.of)) {
    const of = Number(facts[start]?.data.of);
    const batch = facts.slice(start, start + of);
    assert.deepEqual(
      batch.map((fact) => fact.data.place),
      Array.from({ length: of }, (_, place) => place),
      'a batch stands together, whole',
    );
  }
}

/** Lets one writer end well: compiled modules are kept at the end of a process, which a kill is not. */
async function fillCache(folder: string): Promise<void> {
  const parameters = [writerScript, join(folder, 'journal-first.db'), '1', '1', '1'];
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') };
  const [code] = await once(
    spawn(process.execPath, parameters, { stdio: ['ignore', 'ignore', 'inherit'], env }),
    'exit',
  );
  assert.equal(code, 0);
}

/** Kills one writer after the other on one journal; answers how many batches were acknowledged. */
async function killWriters(folder: string, lane: number): Promise<number> {
  const file = join(folder, `journal-${lane}.db`);
  let acknowledgedCount = 0;
  let head = 0;
  for (let round = lane; round < roundCount; round += laneCount) {
    const acknowledged = await linesOf({
      file,
      cache: join(folder, 'cache'),
      endsFrom: round % 5 === 4 ? 'fromStart' : 'fromOpen',
    });
    // The first to open the file after a kill is the one that recovers it.
    const journal = await openSqliteJournal({ file });
    await checkLife(journal, head, acknowledged);
    const verification = await journal.verify({ after: head, upTo: Number.MAX_SAFE_INTEGER });
    assert.equal(verification.fault, null);
    await journal.close();
    acknowledgedCount += acknowledged.length;
    head = verification.head.seq;
  }
  const journal = await openSqliteJournal({ file });
  assert.equal((await journal.verify()).fault, null);
  await journal.close();
  return acknowledgedCount;
}

test(`crash: of writers killed ${roundCount} times no acknowledged fact is lost and none is half there`, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-crash-'));
  context.after(() => rm(folder, { recursive: true }));
  await fillCache(folder);
  const counts = await Promise.all(Array.from({ length: laneCount }, (_, lane) => killWriters(folder, lane)));
  const acknowledgedCount = counts.reduce((sum, count) => sum + count, 0);
  assert.ok(acknowledgedCount > roundCount, `the writers wrote: ${acknowledgedCount} batches`);
  context.diagnostic(`${roundCount} kills, ${acknowledgedCount} batches acknowledged, none lost`);
});
