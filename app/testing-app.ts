import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { realChance } from '../platform/edge/chance.ts';
import { realClock } from '../platform/edge/clock.ts';
import { makeSimulatedHashing } from '../platform/edge/hashing-simulated.ts';
import type { HttpResponse } from '../platform/http/exchange.ts';
import type { Journal } from '../platform/journal/journal.ts';
import { openMemoryJournal } from '../platform/journal/memory.ts';
import { openMemoryRecords } from '../platform/records/memory.ts';
import { type App, startApp } from './app.ts';
import { exampleOps, type TestContext } from './testing.ts';

/** The whole app in memory, without a socket: for tests that call its dispatcher. */

export const rootToken = 'root-token-of-the-tests-0123456789';
export const testHost = '127.0.0.1:4400';

export interface TestApp extends App {
  /** Changes with everything that is stored. */
  stateOf(): Promise<string>;
  /** What was logged as an error. */
  readonly errors: readonly string[];
}

export interface TestAppOptions {
  /** An empty one that never fails when left out. */
  readonly journal?: Journal;
  readonly onStopped?: (reason: Error) => void;
}

/** Starts an app whose passwords are hashed fast. Replies are held against their schemas. */
export async function startTestApp(
  t: TestContext,
  { journal = openMemoryJournal(), onStopped }: TestAppOptions = {},
): Promise<TestApp> {
  const errors: string[] = [];
  const app = await startApp({
    edges: {
      clock: realClock,
      chance: realChance,
      hashing: makeSimulatedHashing(realChance),
      journal,
      records: openMemoryRecords(),
      log: (level, fields, message) => {
        if (level === 'error') errors.push(`${message} ${String(fields.err)}`);
      },
    },
    hosts: { bind: '127.0.0.1', externalUrl: null, names: [] },
    externalUrl: `http://${testHost}`,
    systemTokens: [{ name: 'root', secret: rootToken }],
    checkReplies: true,
    ...(onStopped === undefined ? {} : { onStopped }),
  });
  t.after(async () => {
    await app.stop();
    await journal.close();
  });
  return Object.assign(app, { errors, stateOf: async () => (await journal.head()).hash });
}

export interface Sent {
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request: `send(app, 'GET /api/v1/services?limit=1')`. Without a credential of its own it is a stranger's. */
export async function send(app: App, line: string, { json, headers = {} }: Sent = {}): Promise<HttpResponse> {
  const [method = 'GET', target = '/'] = line.split(' ');
  const [path = '/', rawQuery = ''] = target.split('?');
  return await app.dispatch({
    method,
    path,
    rawQuery,
    headers: { host: testHost, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: new TextEncoder().encode(json === undefined ? '' : JSON.stringify(json)),
    remoteAddress: '127.0.0.1',
    signal: AbortSignal.timeout(10_000),
  });
}

export const asRoot = { authorization: `Bearer ${rootToken}` } as const;

/** Brings the definitions of the guide into force. */
export async function applyExample(app: App): Promise<void> {
  const names = ['catalog/recommendations.json', 'catalog/services.yaml', 'catalog/teams.yaml'];
  const files = names.map((path) => ({ path, text: readFileSync(join(exampleOps, path), 'utf8') }));
  const response = await send(app, 'POST /api/v1/definitions/apply', { json: { files }, headers: asRoot });
  if (response.status !== 200) throw new Error(`the example applies; found ${JSON.stringify(response)}`);
}
