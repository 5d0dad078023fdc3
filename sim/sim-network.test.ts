import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSimChance } from './sim-chance.ts';
import { createSimTime } from './sim-clock.ts';
import {
  clientPatienceMs,
  createSimNetwork,
  type Delivery,
  type NetworkConditions,
  perfectNetwork,
} from './sim-network.ts';

const setUp = (conditions: Partial<NetworkConditions>, serve?: (request: number) => Promise<string> | null) => {
  const time = createSimTime(0);
  const served: number[] = [];
  const network = createSimNetwork<number, string>({
    clock: time.process(),
    chance: createSimChance('network'),
    conditions: { ...perfectNetwork, ...conditions },
    serve: (request) => {
      served.push(request);
      return serve === undefined ? Promise.resolve(`answer ${request}`) : serve(request);
    },
  });
  /** Lets promises go on, then the next timer, until nothing is left. */
  const settle = async (): Promise<void> => {
    await new Promise(setImmediate);
    while (time.nextDueAt() !== null) {
      time.runNext();
      await new Promise(setImmediate);
    }
  };
  const send = async (request: number): Promise<Delivery<string>> => {
    const [delivery] = await Promise.all([network.send('ana', request), settle()]);
    return delivery;
  };
  return { time, network, served, settle, send };
};

describe('sim network', () => {
  test('sim network: a perfect one delivers once, at once', async () => {
    const { send, served, time } = setUp({});
    assert.deepEqual(await send(1), { outcome: 'answered', answer: 'answer 1' });
    assert.deepEqual(served, [1]);
    assert.equal(time.elapsed(), 0);
  });

  test('sim network: a lost request is never served, a lost answer was; the client cannot tell', async () => {
    const lostRequest = setUp({ requestLostShare: 1 });
    assert.deepEqual(await lostRequest.send(1), { outcome: 'unknown' });
    assert.deepEqual(lostRequest.served, []);
    const lostAnswer = setUp({ answerLostShare: 1 });
    assert.deepEqual(await lostAnswer.send(1), { outcome: 'unknown' });
    assert.deepEqual(lostAnswer.served, [1]);
    assert.equal(lostAnswer.time.elapsed(), clientPatienceMs);
  });

  test('sim network: a duplicate is served twice and answered once', async () => {
    const { send, served } = setUp({ duplicateShare: 1, delayMsMax: 10 });
    assert.deepEqual(await send(1), { outcome: 'answered', answer: 'answer 1' });
    assert.deepEqual(served, [1, 1]);
  });

  test('sim network: with delays, later requests overtake earlier ones', async () => {
    const { network, served, settle } = setUp({ delayMsMax: 100 });
    const sent = Array.from({ length: 20 }, (_, request) => request);
    const all = Promise.all(sent.map((request) => network.send('ana', request)));
    await settle();
    await all;
    assert.deepEqual(
      [...served].sort((left, right) => left - right),
      sent,
    );
    assert.notDeepEqual(served, sent);
  });

  test('sim network: a server that is down refuses, one that dies over a request leaves its client waiting', async () => {
    const down = setUp({}, () => null);
    assert.deepEqual(await down.send(1), { outcome: 'unreachable' });
    const dying = setUp({}, () => new Promise(() => undefined));
    assert.deepEqual(await dying.send(1), { outcome: 'unknown' });
  });

  test('sim network: conditions of one client leave the others alone', async () => {
    const { network, settle } = setUp({});
    network.setConditions('ben', { ...perfectNetwork, requestLostShare: 1 });
    const both = Promise.all([network.send('ana', 1), network.send('ben', 2)]);
    await settle();
    assert.deepEqual(
      (await both).map(({ outcome }) => outcome),
      ['answered', 'unknown'],
    );
  });
});
