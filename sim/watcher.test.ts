import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fact } from '../kernel/fact.ts';
import type { ServerSentEvent } from '../platform/http/route.ts';
import type { Boot } from './server-host.ts';
import { createWatcher } from './watcher.ts';
import { createWorld } from './world.ts';

const event = (seq: number): ServerSentEvent => ({ id: String(seq), data: JSON.stringify({ id: `fct_${seq}` }) });

const factsUpTo = (count: number): readonly Fact[] =>
  Array.from({ length: count }, (_, place) => ({ seq: place + 1, id: `fct_${place + 1}` }) as unknown as Fact);

/** A server whose timeline shows these events to every reader, and then nothing more. */
const showing =
  (...seqs: readonly number[]): Boot =>
  async () => ({
    dispatch: async (request) => ({
      kind: 'events',
      status: 200,
      headers: {},
      cookies: [],
      events: (async function* () {
        const lastSeen = Number(request.headers['last-event-id']);
        yield* seqs.filter((seq) => seq > lastSeen).map(event);
      })(),
    }),
    stop: async () => undefined,
  });

const watched = async (boot: Boot) => {
  const world = createWorld({ seed: 'watcher', boot });
  const watcher = createWatcher(world);
  world.accompany(() => watcher.watch());
  world.spawn(async () => void (await world.host.start()));
  await world.runUntil(120_000);
  watcher.end();
  return watcher;
};

describe('watcher', () => {
  test('watcher: comes back where it was, and sees each fact once', async () => {
    const watcher = await watched(showing(1, 2, 3));
    assert.deepEqual(watcher.breachesOf(factsUpTo(3)), []);
  });

  test('watcher: finds a fact that was shown and is lost, one that was not shown, and another in its place', async () => {
    const watcher = await watched(showing(1, 2, 3));
    assert.match(watcher.breachesOf(factsUpTo(2)).join(), /showed fct_3, which is lost/);
    assert.match(watcher.breachesOf(factsUpTo(4)).join(), /showed nothing as fact 4/);
    assert.match(watcher.breachesOf(factsUpTo(3).toReversed()).join(), /showed fct_1 as fact 1/);
  });

  test('watcher: refuses a timeline that jumps or repeats itself', async () => {
    await assert.rejects(watched(showing(1, 3)), /shows fact 3, not fact 2/);
    await assert.rejects(watched(showing(1, 1)), /shows fact 1, not fact 2/);
  });
});
