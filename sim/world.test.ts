import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { idsFrom } from '../platform/edge/chance.ts';
import { sleep } from '../platform/edge/clock.ts';
import type { HttpRequest, HttpResponse } from '../platform/http/exchange.ts';
import type { Boot } from './server-host.ts';
import { perfectDisk } from './sim-disk.ts';
import type { Delivery } from './sim-network.ts';
import { perfectNetwork } from './sim-network.ts';
import { createWorld, type World } from './world.ts';

const response = (status: number, body = ''): HttpResponse => ({
  kind: 'whole',
  status,
  headers: {},
  cookies: [],
  body,
});

const request = (path: string): HttpRequest => ({
  method: 'POST',
  path,
  rawQuery: '',
  headers: {},
  body: new Uint8Array(),
  remoteAddress: '127.0.0.1',
  signal: new AbortController().signal,
});

/** A server of one route: every POST appends a fact about its path, and answers with the fact's number. */
const bootNotes: Boot = async ({ clock, chance, journal }) => {
  const nextId = idsFrom(clock, chance);
  return {
    async dispatch({ path }) {
      if (path === '/bug') throw new TypeError('a bug');
      if (path === '/hang') return await new Promise(() => undefined);
      const result = await journal.append({
        facts: [
          {
            id: nextId<'fact'>('fct'),
            at: clock.now(),
            type: 'note.taken',
            subject: `note${path}` as `${string}/${string}`,
            actor: 'system:test',
            data: {},
            cause: null,
          },
        ],
        expected: [],
      });
      return result.outcome === 'appended' ? response(201, String(result.facts[0]?.seq)) : response(507);
    },
    stop: () => journal.close(),
  };
};

const open = async (seed = 'world', boot: Boot = bootNotes): Promise<World> => {
  const world = createWorld({ seed, boot });
  world.spawn(async () => assert.equal(await world.host.start(), 'started'));
  await world.settle();
  return world;
};

/** Sends one request and lets time go by until its fate is known. */
const send = async (world: World, path: string): Promise<Delivery<HttpResponse>> => {
  let delivery: Delivery<HttpResponse> | undefined;
  world.spawn(async () => {
    delivery = await world.network.send('ana', request(path));
  });
  await world.settle();
  assert.ok(delivery);
  return delivery;
};

const statusOf = (delivery: Delivery<HttpResponse>): number | string =>
  delivery.outcome === 'answered' ? delivery.answer.status : delivery.outcome;

/** A run with everything in it: slow syncs, a bad network, two power cuts. */
const stormy = async (seed: string): Promise<string> => {
  const world = await open(seed);
  world.host.setDisk({ ...perfectDisk, syncMsMax: 40 });
  world.network.setConditions('*', {
    delayMsMax: 80,
    requestLostShare: 0.1,
    answerLostShare: 0.1,
    duplicateShare: 0.2,
  });
  for (let client = 0; client < 10; client += 1) {
    const chance = world.chance.fork(`client ${client}`);
    world.spawn(async () => {
      for (let count = 0; count < 10; count += 1) {
        await sleep(world.clock, chance.integer(0, 100));
        const delivery = await world.network.send(`client ${client}`, request(`/${client}`));
        world.note(`client ${client}: ${statusOf(delivery)}`);
      }
    });
  }
  for (const at of [150, 400]) {
    await world.runUntil(at);
    world.host.crash();
    world.spawn(async () => void (await world.host.start()));
  }
  await world.settle();
  world.spawn(async () => {
    world.host.crash();
    await world.host.start();
    const { facts } = await world.host.evidence();
    assert.ok(facts.length > 20);
    world.note(`facts ${JSON.stringify(facts)}`);
  });
  await world.settle();
  return world.history().hash;
};

describe('world', () => {
  test('world: a run keeps what was acknowledged over power cuts, and the same seed gives the same history', async () => {
    const first = await stormy('7');
    assert.equal(await stormy('7'), first);
    assert.notEqual(await stormy('8'), first);
  });

  test('world: a request over which the server dies is of unknown outcome; one to no server is refused', async () => {
    const world = await open();
    world.host.setDisk({ ...perfectDisk, syncMsMax: 1_000 });
    let delivery: Delivery<HttpResponse> | undefined;
    world.spawn(async () => {
      delivery = await world.network.send('ana', request('/1'));
    });
    await world.runUntil(1);
    world.host.crash();
    await world.settle();
    assert.deepEqual(delivery, { outcome: 'unknown' });
    assert.deepEqual(await send(world, '/2'), { outcome: 'unreachable' });
    assert.equal(world.host.isUp(), false);
  });

  test('world: a full disk refuses, and takes again when it has room', async () => {
    const world = await open();
    world.host.setDisk({ ...perfectDisk, isFull: true });
    assert.equal(statusOf(await send(world, '/1')), 507);
    world.host.setDisk(perfectDisk);
    assert.equal(statusOf(await send(world, '/1')), 201);
  });

  test('world: refuses an exception as an answer, and something that never ends', async () => {
    await assert.rejects(send(await open(), '/bug'), { name: 'LawBroken', message: /answered by an exception/ });
    const world = await open();
    world.spawn(() => new Promise(() => undefined));
    await assert.rejects(world.settle(), /1 things under way do not end/);
  });

  test('world: refuses a request that a living server never answers', async () => {
    const world = await open();
    world.spawn(async () => void (await world.network.send('ana', request('/hang'))));
    await assert.rejects(world.runUntil(120_000), /POST \/hang was not answered within 60000 ms/);
  });

  test('world: refuses a graceful stop that takes too long', async () => {
    const world = await open('slow', async ({ clock }) => ({
      dispatch: async () => response(200),
      stop: () => sleep(clock, 10_001),
    }));
    world.spawn(() => world.host.stop());
    await assert.rejects(world.settle(), /a graceful stop took 10001 ms/);
  });

  test('world: a client waits out a network that is cut, and reaches the server after it', async () => {
    const world = await open();
    world.network.setConditions('ana', { ...perfectNetwork, requestLostShare: 1 });
    assert.equal(statusOf(await send(world, '/1')), 'unknown');
    world.network.setConditions('ana', perfectNetwork);
    assert.equal(statusOf(await send(world, '/1')), 201);
  });
});
