import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Subject } from '../../kernel/fact.ts';
import { realClock } from '../edge/clock.ts';
import type { AnyRoute, Call, ServerSentEvent, Shape } from '../http/route.ts';
import { type JournalRouteOptions, journalRoutes, pageLimits, streamMsMax } from './api.ts';
import { type CloudEvent, cloudEventOf } from './cloud-event.ts';
import type { Journal } from './journal.ts';
import { openMemoryJournal } from './memory.ts';
import { parcelFact } from './testing.ts';

const one: Subject = 'parcel/one';
const two: Subject = 'parcel/two';

async function journalOf(...subjects: readonly Subject[]): Promise<Journal> {
  const journal = openMemoryJournal();
  if (subjects.length > 0) await put(journal, ...subjects);
  return journal;
}

const put = (journal: Journal, ...subjects: readonly Subject[]) =>
  journal.append({ facts: subjects.map((subject) => parcelFact(subject, { of: subject })), expected: [] });

interface Request {
  readonly query?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const callOf = (request: Request): Call<Shape> => ({
  params: undefined,
  query: request.query ?? {},
  body: undefined,
  identity: { actor: 'user:usr_ana', by: 'session', credential: 'ses_1' },
  now: 0,
  requestId: 'req_1',
  cause: 'request:req_1',
  remoteAddress: '127.0.0.1',
  cookies: {},
  headers: request.headers ?? {},
  signal: request.signal ?? new AbortController().signal,
});

async function answerOf(options: Partial<JournalRouteOptions> & { journal: Journal }, request: Request) {
  const [route] = journalRoutes({ clock: realClock, ...options });
  return (route as AnyRoute).handle(callOf(request));
}

async function pageOf(options: Partial<JournalRouteOptions> & { journal: Journal }, query: object) {
  const answer = await answerOf(options, { query });
  assert.equal(answer.kind, 'reply');
  const { facts, next } = (answer as { body: { facts: CloudEvent[]; next: number | null } }).body;
  return { seqs: facts.map((fact) => Number(fact.sequence)), next };
}

async function streamOf(options: Partial<JournalRouteOptions> & { journal: Journal }, request: Request) {
  const answer = await answerOf(options, { ...request, headers: { accept: 'text/event-stream', ...request.headers } });
  assert.equal(answer.kind, 'events');
  const { events } = answer as { events: AsyncIterable<ServerSentEvent> };
  return events[Symbol.asyncIterator]();
}

test('cloud event: carries the fact under the names of the standard', async () => {
  const journal = openMemoryJournal();
  const result = await journal.append({
    facts: [{ ...parcelFact(one, { to: 'Ghent' }), cause: 'request:req_7' }],
    expected: [],
  });
  const [fact] = result.outcome === 'appended' ? result.facts : [];
  assert.ok(fact);
  assert.deepEqual(cloudEventOf(fact, 'https://plimsoll.example/api/v1/journal'), {
    specversion: '1.0',
    id: fact.id,
    source: 'https://plimsoll.example/api/v1/journal',
    type: 'parcel.moved',
    subject: 'parcel/one',
    time: '2025-11-21T23:00:00.000Z',
    datacontenttype: 'application/json',
    data: { to: 'Ghent' },
    sequence: '0000000000000001',
    factversion: 1,
    actor: 'system:test',
    cause: 'request:req_7',
  });
  assert.equal('cause' in cloudEventOf({ ...fact, cause: null }), false);
  // Attribute names are lower-case letters and digits, at most twenty.
  for (const name of Object.keys(cloudEventOf(fact))) assert.match(name, /^[a-z0-9]{1,20}$/);
});

test('journal page: forwards, backwards, by subject; next leads on and ends', async () => {
  const journal = await journalOf(one, two, one, two, one);
  assert.deepEqual(await pageOf({ journal }, { limit: 2 }), { seqs: [1, 2], next: 2 });
  assert.deepEqual(await pageOf({ journal }, { limit: 3, after: 2 }), { seqs: [3, 4, 5], next: null });
  assert.deepEqual(await pageOf({ journal }, { limit: 2, backwards: true }), { seqs: [5, 4], next: 4 });
  assert.deepEqual(await pageOf({ journal }, { limit: 3, backwards: true, before: 4 }), {
    seqs: [3, 2, 1],
    next: null,
  });
  assert.deepEqual(await pageOf({ journal }, { subject: two }), { seqs: [2, 4], next: null });
  assert.deepEqual(await pageOf({ journal }, { after: 9 }), { seqs: [], next: null });
});

test('journal page: leaves out what the caller may not see, and still leads on', async () => {
  const journal = await journalOf(one, two, one, two, one);
  const visible: JournalRouteOptions['visible'] = (fact, identity) => identity !== null && fact.subject === two;
  assert.deepEqual(await pageOf({ journal, visible }, { limit: 3 }), { seqs: [2], next: 3 });
});

test('journal page: without a limit it has its default length', async () => {
  const journal = await journalOf(...Array.from({ length: 150 }, () => one));
  const page = await pageOf({ journal }, {});
  assert.deepEqual([page.seqs.length, page.next], [pageLimits.factCountDefault, pageLimits.factCountDefault]);
});

test('journal stream: begins now, tells what comes, each with its number', async () => {
  const journal = await journalOf(one);
  const stream = await streamOf({ journal }, {});
  const coming = stream.next();
  await put(journal, two);
  const { value } = await coming;
  assert.deepEqual([value.id, value.event, JSON.parse(value.data).subject], ['2', 'fact', two]);
});

test('journal stream: a reader that comes back goes on where it was', async () => {
  const journal = await journalOf(one, two, one);
  const stream = await streamOf({ journal }, { query: { after: 0 }, headers: { 'last-event-id': '2' } });
  assert.equal((await stream.next()).value.id, '3');
  const again = await streamOf({ journal }, { query: { after: 1 } });
  assert.equal((await again.next()).value.id, '2');
  const ahead = await streamOf({ journal }, { headers: { 'last-event-id': '99' } });
  const coming = ahead.next();
  await put(journal, one);
  assert.equal((await coming).value.id, '4');
});

test('journal stream: of one subject, and of what the caller may see', async () => {
  const journal = await journalOf(one, two, one);
  const bySubject = await streamOf({ journal }, { query: { after: 0, subject: two } });
  assert.equal((await bySubject.next()).value.id, '2');
  const seen = await streamOf({ journal, visible: (fact) => fact.seq === 3 }, { query: { after: 0 } });
  assert.equal((await seen.next()).value.id, '3');
});

test('journal stream: a Last-Event-ID that is no number is refused', async () => {
  const journal = await journalOf(one);
  const headers = { accept: 'text/event-stream', 'last-event-id': 'newest' };
  const answer = await answerOf({ journal }, { headers });
  assert.equal(answer.kind === 'problem' ? answer.problem.status : answer.kind, 400);
});

test('journal stream: ends when the caller goes away, and after its time', async () => {
  const journal = await journalOf();
  const gone = new AbortController();
  const stream = (await streamOf({ journal }, { signal: gone.signal })).next();
  gone.abort();
  assert.equal((await stream).done, true);
  let end = (): void => undefined;
  const clock = {
    ...realClock,
    after: (delayMs: number, call: () => void) => {
      assert.equal(delayMs, streamMsMax);
      end = call;
      return () => undefined;
    },
  };
  const timed = (await streamOf({ journal, clock }, {})).next();
  end();
  assert.equal((await timed).done, true);
});
