import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hour, type Millis, second } from '../kernel/time.ts';
import { createSimTime } from '../sim/sim-clock.ts';
import { startScheduler, type Task } from './scheduler.ts';

const startAt: Millis = 1_795_229_223_000;

/** A task due at each of the moments given, and the moments at which it ran. */
function taskDueAt(...moments: readonly Millis[]): { task: Task; ranAt: Millis[] } {
  const left = [...moments];
  const ranAt: Millis[] = [];
  const task: Task = {
    name: 'sample',
    dueAt: () => left[0] ?? null,
    run: async (now) => {
      left.shift();
      ranAt.push(now);
    },
  };
  return { task, ranAt };
}

/** Runs virtual time up to a moment after the start, with the promises between timers settled. */
async function passTo(time: ReturnType<typeof createSimTime>, elapsedMs: Millis): Promise<void> {
  for (;;) {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const next = time.nextDueAt();
    if (next === null || next > elapsedMs) break;
    time.runNext();
  }
  time.passTo(elapsedMs);
}

describe('scheduler', () => {
  test('runs what is due, when it is due, and what was due before the start at once', async () => {
    const time = createSimTime(startAt);
    const { task, ranAt } = taskDueAt(startAt - hour, startAt + 5 * second, startAt + 90 * second);
    const scheduler = startScheduler({ clock: time.process(), tasks: [task], onFailure: assert.fail });
    await passTo(time, 2 * hour);
    assert.deepEqual(
      ranAt.map((at) => at - startAt),
      [0, 5 * second, 90 * second],
    );
    await scheduler.stop();
  });

  test('a wall clock that was set forward is noticed within a minute', async () => {
    const time = createSimTime(startAt);
    const { task, ranAt } = taskDueAt(startAt + hour);
    const scheduler = startScheduler({ clock: time.process(), tasks: [task], onFailure: assert.fail });
    await passTo(time, 30 * second);
    time.jump(2 * hour);
    await passTo(time, 91 * second);
    assert.equal(ranAt.length, 1);
    await scheduler.stop();
  });

  test('a failure is told, and the task is tried again after a pause', async () => {
    const time = createSimTime(startAt);
    let tries = 0;
    const task: Task = {
      name: 'breaks twice',
      dueAt: () => (tries < 3 ? startAt : null),
      run: async () => {
        tries += 1;
        if (tries < 3) throw new Error(`try ${tries}`);
      },
    };
    const told: string[] = [];
    const onFailure = (name: string, failure: unknown): void => void told.push(`${name}: ${String(failure)}`);
    const scheduler = startScheduler({ clock: time.process(), tasks: [task], onFailure });
    await passTo(time, 10 * second);
    assert.deepEqual(told, ['breaks twice: Error: try 1', 'breaks twice: Error: try 2']);
    assert.equal(tries, 3);
    await scheduler.stop();
  });

  test('a task that throws while saying when it is due is told, and the others run', async () => {
    const time = createSimTime(startAt);
    const { task, ranAt } = taskDueAt(startAt);
    const broken: Task = {
      name: 'broken',
      dueAt: () => {
        throw new Error('no idea');
      },
      run: async () => {},
    };
    const told: string[] = [];
    const scheduler = startScheduler({
      clock: time.process(),
      tasks: [broken, task],
      onFailure: (name) => void told.push(name),
    });
    await passTo(time, second);
    assert.equal(ranAt.length, 1);
    assert.ok(told.includes('broken'));
    await scheduler.stop();
  });

  test('wake: a new deadline is met without waiting for the old one', async () => {
    const time = createSimTime(startAt);
    let due: Millis | null = null;
    const ranAt: Millis[] = [];
    const task: Task = {
      name: 'late',
      dueAt: () => due,
      run: async (now) => {
        due = null;
        ranAt.push(now - startAt);
      },
    };
    const scheduler = startScheduler({ clock: time.process(), tasks: [task], onFailure: assert.fail });
    await passTo(time, 10 * second);
    due = startAt + 12 * second;
    scheduler.wake();
    await passTo(time, 20 * second);
    assert.deepEqual(ranAt, [12 * second]);
    await scheduler.stop();
  });

  test('stop: nothing starts any more, and what runs is waited for', async () => {
    const time = createSimTime(startAt);
    let ended = false;
    let end: () => void = () => {};
    const task: Task = {
      name: 'slow',
      dueAt: () => startAt,
      run: () =>
        new Promise((resolve) => {
          end = () => {
            ended = true;
            resolve();
          };
        }),
    };
    const scheduler = startScheduler({ clock: time.process(), tasks: [task], onFailure: assert.fail });
    await passTo(time, second);
    const stopping = scheduler.stop();
    end();
    await stopping;
    assert.equal(ended, true);
    assert.equal(time.nextDueAt(), null);
  });
});
