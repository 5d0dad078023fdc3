import Type, { type Static } from 'typebox';
import type { Fact, Seq, Subject } from '../../kernel/fact.ts';
import { problemOf } from '../../kernel/problem.ts';
import { type Millis, minute } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';
import type { Answer, AnyRoute, Call, Identity, Route, ServerSentEvent } from '../http/route.ts';
import { type CloudEvent, cloudEventOf, journalPath } from './cloud-event.ts';
import type { Journal } from './journal.ts';

export interface JournalRouteOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  /** `source` of the events; the path of the journal when left out. */
  readonly source?: string;
  /** Which facts a caller may see; all of them when left out. */
  readonly visible?: (fact: Fact, identity: Identity | null) => boolean;
}

export const pageLimits = { factCountDefault: 100, factCountMax: 1_000 } as const;

/** A stream ends after this and its reader comes back where it was: so nobody listens on who may not any more. */
export const streamMsMax: Millis = 15 * minute;

const CloudEventShape = Type.Object({
  specversion: Type.Literal('1.0'),
  id: Type.String(),
  source: Type.String(),
  type: Type.String({ description: 'Type of the fact: noun.past-tense.' }),
  subject: Type.String({ description: 'What the fact is about: noun/id.' }),
  time: Type.String({ description: 'When it was decided, RFC 3339.' }),
  datacontenttype: Type.Literal('application/json'),
  data: Type.Record(Type.String(), Type.Unknown()),
  sequence: Type.String({ description: 'Number of the fact, padded so that it sorts as text.' }),
  factversion: Type.Integer(),
  actor: Type.String(),
  cause: Type.Optional(Type.String()),
});

const journalShape = {
  query: Type.Object({
    after: Type.Optional(
      Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Facts with a greater number.' }),
    ),
    before: Type.Optional(
      Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Facts with a smaller number.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: pageLimits.factCountMax })),
    subject: Type.Optional(Type.String({ minLength: 3, maxLength: 320, pattern: '^[a-z][a-z0-9-]*/.+$' })),
    backwards: Type.Optional(Type.Boolean({ description: 'Newest first.' })),
  }),
  reply: Type.Object({
    facts: Type.Array(CloudEventShape),
    next: Type.Union([Type.Integer(), Type.Null()], {
      description: 'For the next page: the next `after`, or `before` when reading backwards. Null: there is no more.',
    }),
  }),
};

type JournalCall = Call<typeof journalShape>;
type JournalPage = Static<typeof journalShape.reply>;

/** The routes of the journal: one, which answers with a page, or with a stream for those who accept one. */
export function journalRoutes(options: JournalRouteOptions): readonly AnyRoute[] {
  const route: Route<typeof journalShape> = {
    name: 'journal.read',
    method: 'GET',
    path: journalPath,
    summary: 'Facts as CloudEvents: a page of them, or a live stream with Accept: text/event-stream.',
    permission: 'journal.read',
    shape: journalShape,
    problems: { 'last-event-id-unreadable': 400 },
    handle: async (call) => (wantsStream(call) ? streamFor(call, options) : pageFor(call, options)),
  };
  return [route];
}

const wantsStream = (call: JournalCall): boolean => (call.headers.accept ?? '').includes('text/event-stream');

async function pageFor(call: JournalCall, options: JournalRouteOptions): Promise<Answer<JournalPage>> {
  const { after = 0, before, limit = pageLimits.factCountDefault, subject, backwards = false } = call.query;
  const facts: Fact[] = [];
  const reading = {
    after,
    backwards,
    // One more than asked for tells whether there is a next page.
    limit: limit + 1,
    ...(before === undefined ? {} : { upTo: before - 1 }),
    ...(subject === undefined ? {} : { subject: subject as Subject }),
  };
  for await (const page of options.journal.read(reading)) facts.push(...page);
  const page = facts.slice(0, limit);
  const body = {
    facts: eventsFor(page, call.identity, options).map((event) => ({ ...event, data: { ...event.data } })),
    next: facts.length > limit ? (page.at(-1)?.seq ?? null) : null,
  };
  return { kind: 'reply', body };
}

function eventsFor(
  facts: readonly Fact[],
  identity: Identity | null,
  options: JournalRouteOptions,
): readonly CloudEvent[] {
  const { visible = () => true, source } = options;
  return facts.filter((fact) => visible(fact, identity)).map((fact) => cloudEventOf(fact, source));
}

async function streamFor(call: JournalCall, options: JournalRouteOptions): Promise<Answer<JournalPage>> {
  const lastEventId = call.headers['last-event-id'];
  if (lastEventId !== undefined && !/^\d{1,15}$/.test(lastEventId)) {
    const detail =
      'Last-Event-ID is the number of the last fact that was read, such as 4711: leave it out to begin now.';
    return { kind: 'problem', problem: problemOf('last-event-id-unreadable', 400, detail) };
  }
  const head = (await options.journal.head()).seq;
  const asked = lastEventId === undefined ? (call.query.after ?? head) : Number(lastEventId);
  // A reader of another history (before a restore) may have seen more than there is: it goes on with what comes.
  return { kind: 'events', events: eventsAfter(Math.min(asked, head), call, options) };
}

/**
 * Facts as events, from a position on. A page is read when the one before has been taken, so a slow reader holds a page and
 * nothing more: what comes meanwhile waits in the journal.
 */
async function* eventsAfter(
  after: Seq,
  call: JournalCall,
  options: JournalRouteOptions,
): AsyncGenerator<ServerSentEvent> {
  const { subject } = call.query;
  const ending = new AbortController();
  const cancel = options.clock.after(streamMsMax, () => ending.abort());
  try {
    for await (const page of options.journal.follow(after, AbortSignal.any([call.signal, ending.signal]))) {
      const wanted = subject === undefined ? page : page.filter((fact) => fact.subject === subject);
      for (const event of eventsFor(wanted, call.identity, options)) {
        yield { id: String(Number(event.sequence)), event: 'fact', data: JSON.stringify(event) };
      }
    }
  } finally {
    cancel();
  }
}
