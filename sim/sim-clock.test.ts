import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createSimTime, type SimTime } from './sim-clock.ts';

const runAll = (time: SimTime): void => {
  while (time.nextDueAt() !== null) time.runNext();
};

describe('sim clock', () => {
  test('sim clock: timers run in the order of their moments, then in the order in which they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (delays) => {
        const time = createSimTime(0);
        const clock = time.process();
        const ran: (readonly [number, number])[] = [];
        for (const [place, delay] of delays.entries()) clock.after(delay, () => ran.push([clock.monotonic(), place]));
        runAll(time);
        const expected = delays.map((delay, place) => [delay, place] as const);
        assert.deepEqual(
          ran,
          expected.sort((left, right) => left[0] - right[0] || left[1] - right[1]),
        );
      }),
    );
  });

  test('sim clock: time stands still between timers, and a jump moves the wall clock only', () => {
    const time = createSimTime(1_000_000);
    const clock = time.process();
    const seen: number[] = [];
    clock.after(50, () => seen.push(clock.now(), clock.monotonic()));
    assert.equal(clock.now(), 1_000_000);
    time.jump(-400);
    assert.deepEqual([clock.now(), clock.monotonic()], [999_600, 0]);
    time.runNext();
    assert.deepEqual(seen, [999_650, 50]);
  });

  test('sim clock: a cancelled timer and the timers of a dead process never run', () => {
    const time = createSimTime(0);
    const [living, dead] = [time.process(), time.process()];
    const ran: string[] = [];
    const cancel = living.after(1, () => ran.push('cancelled'));
    living.after(2, () => ran.push('living'));
    dead.after(1, () => ran.push('dead'));
    cancel();
    cancel();
    dead.end();
    dead.after(1, () => ran.push('after death'));
    runAll(time);
    assert.deepEqual(ran, ['living']);
  });

  test('sim clock: refuses to pass over a timer, to go back, and to run a timer that is not there', () => {
    const time = createSimTime(0);
    assert.throws(() => time.runNext(), /a timer is waiting/);
    time.process().after(10, () => undefined);
    assert.throws(() => time.passTo(11), /no timer is passed over/);
    time.passTo(10);
    assert.throws(() => time.passTo(9), /time goes forward/);
    assert.throws(() => time.process().after(Number.NaN, () => undefined), /has a delay/);
  });
});
