import assert from 'node:assert/strict';
import type { Fact } from '../../kernel/fact.ts';
import { makeId, type NextId } from '../../kernel/id.ts';
import type { Millis } from '../../kernel/time.ts';
import { makeSimulatedHashing } from '../../platform/edge/hashing-simulated.ts';
import { createDispatcher } from '../../platform/http/dispatcher.ts';
import type { Method } from '../../platform/http/route.ts';
import type { Journal } from '../../platform/journal/journal.ts';
import { openMemoryJournal } from '../../platform/journal/memory.ts';
import { openLedger } from '../../platform/journal/open-ledger.ts';
import { openMemoryRecords } from '../../platform/records/memory.ts';
import type { Records } from '../../platform/records/records.ts';
import { accessFolds, accessOf, makeParts } from './access.ts';

/** A whole server's worth of access control on a clock that stands still, for tests: real ledger, real dispatcher. */

/** 2026-11-21T00:00Z. */
export const startOfTest: Millis = 1_795_219_200_000;
export const bootstrapToken = 'a-bootstrap-token-of-enough-length';
const host = 'plimsoll.example';
const sameOrigin = { host, origin: `https://${host}` };

export interface WorldOptions {
  readonly journal?: Journal;
  readonly records?: Records;
  readonly now?: Millis;
}

/** Chance that counts: unlike in every call, the same in every run. */
export function makeCountedChance(salt = 0) {
  let count = 0;
  return {
    bytes: (length: number): Uint8Array => {
      count += 1;
      const bytes = new Uint8Array(length);
      new DataView(bytes.buffer).setUint32(length - 4, count);
      bytes[0] = salt;
      return bytes;
    },
  };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

let worlds = 0;

/** @param options a journal and records that another world has left behind make this one its restart */
export async function makeWorld(options: WorldOptions = {}) {
  worlds += 1;
  const chance = makeCountedChance(worlds);
  const time = { now: options.now ?? startOfTest };
  const clock = { now: () => time.now, monotonic: () => time.now, after: () => () => {} };
  const ids: NextId = (prefix) => makeId(prefix, time.now, chance.bytes(10));
  const journal = options.journal ?? openMemoryJournal();
  const records = options.records ?? openMemoryRecords();
  const ledger = await openLedger({ journal, clock, ids, folds: accessFolds });
  const parts = makeParts({
    ledger,
    readFacts: journal.read.bind(journal),
    records,
    hashing: makeSimulatedHashing(chance),
    ids,
    secret: () => Buffer.from(chance.bytes(32)).toString('base64url'),
    externalUrl: `https://${host}`,
    ownerOf: (service) => ({ checkout: 'crew', payment: 'crew', search: 'harbour' })[service],
    systemTokens: [{ name: 'bootstrap', secret: bootstrapToken }],
  });
  const access = accessOf(parts);
  const dispatch = createDispatcher({
    routes: access.routes,
    gate: access.gate,
    clock,
    nextId: ids,
    chance,
    hosts: { bind: '127.0.0.1', externalUrl: `https://${host}`, names: [] },
    log: (_level, fields, message) => assert.equal(fields.err, undefined, `${message}: ${fields.err}`),
    checkReplies: true,
  });
  const facts = async (): Promise<readonly Fact[]> => {
    const found: Fact[] = [];
    for await (const page of journal.read({ after: 0 })) found.push(...page);
    return found;
  };
  return { access, parts, journal, ledger, records, time, dispatch, facts };
}

/** What came back. `cookie` is the session cookie that was set, empty when it was erased, undefined when it was left. */
export interface Back {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape, and fail where they differ.
  readonly body: any;
  readonly code: string;
  readonly cookie: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Sent {
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

/** Sends a request: `send(world, 'POST /api/v1/session', { json })`. */
export async function send(world: World, line: string, sent: Sent = {}): Promise<Back> {
  const [method = '', url = ''] = line.split(' ');
  const [path = '', rawQuery = ''] = url.split('?');
  const hasBody = sent.json !== undefined;
  const response = await world.dispatch({
    method: method as Method,
    path,
    rawQuery,
    headers: { host, ...(hasBody ? { 'content-type': 'application/json' } : {}), ...sent.headers },
    body: new TextEncoder().encode(hasBody ? JSON.stringify(sent.json) : ''),
    remoteAddress: sent.address ?? '192.0.2.1',
    signal: new AbortController().signal,
  });
  assert.ok(response.kind === 'whole');
  const text = typeof response.body === 'string' ? response.body : '';
  const body = text === '' ? null : JSON.parse(text);
  const code = typeof body?.type === 'string' && response.status >= 400 ? body.type.replace('/problems/', '') : '';
  const cookie = response.cookies.findLast((each) => each.name === 'plimsoll_session')?.value;
  return { status: response.status, body, code, cookie, headers: response.headers };
}

/** A browser: keeps the cookie and the CSRF token as the console does. */
export class Browser {
  readonly world: World;
  cookie = '';
  csrfToken = '';

  constructor(world: World) {
    this.world = world;
  }

  async send(line: string, sent: Sent = {}): Promise<Back> {
    const session =
      this.cookie === '' ? {} : { cookie: `plimsoll_session=${this.cookie}`, 'x-plimsoll-csrf': this.csrfToken };
    const back = await send(this.world, line, { ...sent, headers: { ...sameOrigin, ...session, ...sent.headers } });
    if (back.cookie !== undefined) this.cookie = back.cookie;
    if (typeof back.body?.csrfToken === 'string') this.csrfToken = back.body.csrfToken;
    return back;
  }

  /** Signs in by the address of a link, as its page does. */
  async open(link: string): Promise<Back> {
    return this.send('POST /api/v1/session/link', { json: { code: codeOf(link) } });
  }
}

export const codeOf = (link: string): string => link.split('#code=')[1] ?? '';

/** The headers of a program with a token. */
export const bearing = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** A world with its first admin signed in. */
export async function startWorld(options: WorldOptions = {}) {
  const world = await makeWorld(options);
  const first = await world.access.makeFirstAdmin(world.time.now);
  assert.ok(first !== null && first.outcome === 'done');
  const admin = new Browser(world);
  const { body } = await admin.open(first.value.url);
  return { world, admin, adminId: body.user.id as string };
}

/** Adds a person and signs them in. */
export async function join(admin: Browser, name: string, role: string): Promise<{ id: string; browser: Browser }> {
  const email = `${name.toLowerCase()}@harbour.example`;
  const { body, status } = await admin.send('POST /api/v1/people', { json: { name, email, role } });
  assert.equal(status, 201, JSON.stringify(body));
  const browser = new Browser(admin.world);
  assert.equal((await browser.open(body.signInLink)).status, 200);
  return { id: body.id, browser };
}
