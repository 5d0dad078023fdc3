import { signal } from '@preact/signals';
import type { ToldFact } from './facts/fact.ts';
import { follow, type LiveState } from './live.ts';
import { api, endSession } from './session.ts';
import type { JournalEvent, JournalPage } from './wire.ts';

/** How many facts the timeline keeps; older ones stand in the audit. */
const keptCountMax = 300;
const firstCount = 60;

/** The newest facts, newest first; null until they have been read. */
export const latest = signal<readonly ToldFact[] | null>(null);
/** Numbers of the facts that came while the console was open. */
export const fresh = signal<ReadonlySet<number>>(new Set());
export const liveState = signal<LiveState>({ state: 'connecting' });

const listeners = new Set<(fact: ToldFact) => void>();

/** Calls back for each fact that comes, until the returned function is called. */
export function onFact(listener: (fact: ToldFact) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const returnListeners = new Set<() => void>();

/** Calls back when the server can be reached again after it could not, until the returned function is called. */
export function onReturn(listener: () => void): () => void {
  returnListeners.add(listener);
  return () => returnListeners.delete(listener);
}

export const factOf = (event: JournalEvent): ToldFact => ({
  seq: Number(event.sequence),
  at: Date.parse(event.time),
  type: event.type,
  subject: event.subject,
  actor: event.actor,
  data: event.data,
});

/** Reads the newest facts, then follows the journal. The returned function ends it. */
export function followJournal(): () => void {
  const ending = new AbortController();
  latest.value = null;
  fresh.value = new Set();
  void readLatest().then(() => {
    if (ending.signal.aborted) return;
    return follow({
      open: (connection) => openStream(connection),
      onEvent: ({ data }) => take(factOf(JSON.parse(data) as JournalEvent)),
      onState: (state) => {
        const isBack = state.state === 'live' && liveState.value.state === 'stale';
        liveState.value = state;
        if (isBack) for (const listener of returnListeners) listener();
      },
      onSessionEnd: () => endSession(true),
      now: () => Date.now(),
      wait,
      waitToRetry,
      chance: () => Math.random(),
      signal: ending.signal,
    });
  });
  return () => ending.abort();
}

async function readLatest(): Promise<void> {
  const reply = await api<JournalPage>('GET', `/api/v1/journal?backwards=true&limit=${firstCount}`);
  if (reply.outcome === 'replied') latest.value = reply.value.facts.map(factOf);
}

/** After the newest fact that is known; while none could be read, from now on, never from the beginning of time. */
const openStream = (connection: AbortSignal): Promise<Response> =>
  fetch(latest.value === null ? '/api/v1/journal' : `/api/v1/journal?after=${latest.value[0]?.seq ?? 0}`, {
    headers: { accept: 'text/event-stream' },
    credentials: 'same-origin',
    signal: connection,
  });

function take(fact: ToldFact): void {
  const known = latest.value ?? [];
  if (known[0] !== undefined && fact.seq <= known[0].seq) return;
  latest.value = [fact, ...known].slice(0, keptCountMax);
  fresh.value = new Set(fresh.value).add(fact.seq);
  for (const listener of listeners) listener(fact);
}

/** Waits for a delay, or until the signal aborts or one of the events comes. */
const waitFor =
  (events: readonly (readonly [EventTarget, string])[]) =>
  (delayMs: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const enders: readonly (readonly [EventTarget, string])[] = [...events, [signal, 'abort']];
      const over = (): void => {
        clearTimeout(timer);
        for (const [target, name] of enders) target.removeEventListener(name, over);
        resolve();
      };
      const timer = setTimeout(over, delayMs);
      for (const [target, name] of enders) target.addEventListener(name, over);
    });

const wait = waitFor([]);
/** The network is back, or the person looks here again: no reason to wait any longer. */
const waitToRetry = waitFor([
  [window, 'online'],
  [document, 'visibilitychange'],
]);
