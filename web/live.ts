import { type ArrivedEvent, createEventParser } from './events.ts';

/** What the header tells about the live connection. */
export type LiveState =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Nothing has been heard since then; what is on the screen is that old. */
  | { readonly state: 'stale'; readonly since: number };

/** The server sends at least a comment more often than this; a longer silence is a broken connection. Milliseconds. */
export const silenceMsMax = 45_000;
const backoffMsMin = 500;
const backoffMsMax = 30_000;

/** Milliseconds to wait before the next try: doubles, and varies by half so that many consoles do not come back in step. */
export const backoffOf = (failures: number, chance: number): number =>
  Math.min(backoffMsMax, backoffMsMin * 2 ** Math.min(failures, 10)) * (0.5 + chance / 2);

export interface FollowOptions {
  /** Opens the stream after what was seen last. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: ArrivedEvent) => void;
  readonly onState: (state: LiveState) => void;
  readonly onSessionEnd: () => void;
  readonly now: () => number;
  /** Resolves after a delay, or as soon as the signal aborts. */
  readonly wait: (delayMs: number, signal: AbortSignal) => Promise<void>;
  /** The same before another try; resolves earlier when there is a reason to hope, such as a network that is back. */
  readonly waitToRetry: (delayMs: number, signal: AbortSignal) => Promise<void>;
  readonly chance: () => number;
  /** Ends all of it. */
  readonly signal: AbortSignal;
}

type Ending = 'heard' | 'silent' | 'signed-out';

/** Stays on the stream until the signal aborts or the session ends: reads, and connects again after every break. */
export async function follow(options: FollowOptions): Promise<void> {
  let failures = 0;
  let heardAt = options.now();
  const onHeard = (): void => {
    heardAt = options.now();
  };
  options.onState({ state: 'connecting' });
  while (!options.signal.aborted) {
    const ending = await listen(options, onHeard);
    if (options.signal.aborted) return;
    if (ending === 'signed-out') return options.onSessionEnd();
    failures = ending === 'heard' ? 0 : failures + 1;
    // The server ends streams now and then. Only when it cannot be reached again is what we show getting old.
    if (ending === 'silent') options.onState({ state: 'stale', since: heardAt });
    await options.waitToRetry(backoffOf(failures, options.chance()), options.signal);
  }
}

/** One connection, from opening it to its end. */
async function listen(options: FollowOptions, onHeard: () => void): Promise<Ending> {
  const silence = new AbortController();
  const connection = AbortSignal.any([options.signal, silence.signal]);
  let ending: Ending = 'silent';
  try {
    const response = await options.open(connection);
    if (response.status === 401) return 'signed-out';
    if (!response.ok || response.body === null) return 'silent';
    options.onState({ state: 'live' });
    ending = 'heard';
    onHeard();
    await readAll(response.body, { ...options, onHeard, silence, connection });
  } catch {
    // Broken, silent for too long, or ended by us: the caller knows which, and what to do.
  }
  return ending;
}

interface ReadOptions extends FollowOptions {
  readonly onHeard: () => void;
  /** Aborted when the connection has been silent for too long. */
  readonly silence: AbortController;
  readonly connection: AbortSignal;
}

async function readAll(body: ReadableStream<Uint8Array>, options: ReadOptions): Promise<void> {
  const parse = createEventParser();
  const decoder = new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>;
  const reader = body.pipeThrough(decoder, { signal: options.connection }).getReader();
  for (;;) {
    const watch = new AbortController();
    void options.wait(silenceMsMax, watch.signal).then(() => {
      if (!watch.signal.aborted) options.silence.abort();
    });
    const piece = await reader.read();
    watch.abort();
    if (piece.done) return;
    options.onHeard();
    for (const event of parse(piece.value)) options.onEvent(event);
  }
}
