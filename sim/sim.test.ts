import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { reportOf } from './report.ts';
import { runSeed } from './sim.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** `PLIMSOLL_SIM_SEEDS=5000 node --test sim/sim.test.ts` looks further. */
const seedCount = Number(process.env.PLIMSOLL_SIM_SEEDS ?? 500);

/** The seeds are shared out over so many processes: one for each core of a small machine. */
const processCount = 2;

const run = async (...words: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...words], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trimEnd().split('\n');
};

describe('simulation', () => {
  test(`simulation: ${seedCount} seeds keep every law`, { timeout: 600_000 }, async () => {
    const share = Math.ceil(seedCount / processCount);
    const shares = Array.from({ length: processCount }, (_, place) =>
      run('--seeds', String(share), '--from', String(1 + place * share)),
    );
    const lines = (await Promise.all(shares)).flat();
    const kept = lines.filter((line) => /^seed \d+: laws kept over \d+ requests/.test(line));
    assert.equal(kept.length, share * processCount, lines.slice(-60).join('\n'));
    assert.equal(new Set(kept.map((line) => line.split('history ')[1])).size, kept.length, 'seeds differ');
  });

  test('simulation: a seed replays to the same end, in this process and in another', async () => {
    const [first, again] = [await runSeed('11'), await runSeed('11')];
    assert.equal(again.history.hash, first.history.hash);
    assert.deepEqual(again.history.lines, first.history.lines);
    const [line] = await run('--seeds', '1', '--from', '11');
    assert.equal(line, reportOf(first, false));
  });

  test('simulation: a run is not an empty one', async () => {
    const { history, factCount, requestCount } = await runSeed('12');
    assert.ok(factCount > 40 && requestCount > 100, `${factCount} facts, ${requestCount} requests`);
    for (const expected of [/nature: /, /→ 200/, /→ 201/, /→ 401/, /→ 403/]) {
      assert.ok(
        history.lines.some((line) => expected.test(line)),
        `some line matches ${expected}`,
      );
    }
  });

  test('simulation: refuses flags that it cannot read, and says which there are', async () => {
    for (const words of [
      ['--seeds', 'many'],
      ['--sedes', '3'],
    ]) {
      await assert.rejects(run(...words), (error: { code?: unknown; stderr?: string }) => {
        assert.equal(error.code, 2);
        assert.match(error.stderr ?? '', /--seeds N/);
        return true;
      });
    }
  });

  test('simulation: plays a script by name', async () => {
    const script = fileURLToPath(new URL('scripts/crash.txt', import.meta.url));
    assert.match((await run('--script', script)).join('\n'), /crash\.txt holds/);
  });
});
