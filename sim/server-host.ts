import type { Fact, Seq } from '../kernel/fact.ts';
import { type Millis, minute } from '../kernel/time.ts';
import type { Chance } from '../platform/edge/chance.ts';
import type { Clock } from '../platform/edge/clock.ts';
import type { Hashing } from '../platform/edge/hashing.ts';
import { makeSimulatedHashing } from '../platform/edge/hashing-simulated.ts';
import type { HttpRequest, HttpResponse, Log } from '../platform/http/exchange.ts';
import type { Journal, Snapshot } from '../platform/journal/journal.ts';
import { openMemoryJournal } from '../platform/journal/memory.ts';
import { MemoryStore } from '../platform/journal/memory-store.ts';
import type { Records } from '../platform/records/records.ts';
import { createJournalBook } from './journal-book.ts';
import { LawBroken } from './law-broken.ts';
import type { Evidence, SeenRequest } from './laws/law.ts';
import type { SimChance } from './sim-chance.ts';
import type { ProcessClock, SimTime } from './sim-clock.ts';
import { createSimDisk, type DiskConditions, perfectDisk } from './sim-disk.ts';
import { createSimRecords } from './sim-records.ts';

/** Everything outside that one server process is handed. */
export interface ServerEdges {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly hashing: Hashing;
  readonly journal: Journal;
  readonly records: Records;
  readonly log: Log;
}

/** A server that has started: it answers requests until it is stopped. */
export interface Server {
  dispatch(request: HttpRequest): Promise<HttpResponse>;
  stop(): Promise<void>;
}

/** Starts a server over its edges. Rejects when it cannot start, as on a full disk. */
export type Boot = (edges: ServerEdges) => Promise<Server>;

/** The machine on which server processes come and go, with the disk that outlives them. */
export interface ServerHost {
  isUp(): boolean;
  /** Opens journal and records as they stand on the disk, holds them against the book, and starts the server. */
  start(): Promise<'started' | 'failed'>;
  /** Stops the server in good order. Breaks a law when that takes longer than `stopMsMax`. */
  stop(): Promise<void>;
  /** The power goes, at once. */
  crash(): void;
  setDisk(conditions: DiskConditions): void;
  /** Hands a request to the server; null when none listens. The promise never settles when the server dies over it. */
  serve(request: HttpRequest): Promise<HttpResponse> | null;
  /** What the machine saw: the facts on its disk, and every request that was answered. Ask while nothing is under way. */
  evidence(): Promise<Omit<Evidence, 'secrets' | 'erased'>>;
}

export interface ServerHostOptions {
  readonly time: SimTime;
  readonly chance: SimChance;
  readonly boot: Boot;
  readonly note: (line: string) => void;
  /** Ends the run with a failure. */
  readonly fail: (failure: unknown) => void;
}

/** A graceful stop takes at most so long, as `platform/http` promises. */
export const stopMsMax: Millis = 10_000;

/** A server that lives answers within so long, also when each sync takes seconds. */
export const answerMsMax: Millis = minute;

/** Errors that are an expected answer to a disk that misbehaves; any other is a bug of the program. */
const diskErrors: readonly string[] = ['JournalFailure', 'RecordsFailure'];

const namesOfErrors = (error: unknown): readonly string[] =>
  error instanceof Error ? [error.name, ...namesOfErrors(error.cause)] : [];

const isDiskError = (error: unknown): boolean => namesOfErrors(error).some((name) => diskErrors.includes(name));

interface Running {
  readonly clock: ProcessClock;
  /** Null while it starts. */
  server: Server | null;
}

/** What is answered to a request whose server died over it: nothing, ever. */
const silence = new Promise<never>(() => undefined);

export function createServerHost({ time, chance, boot, note, fail }: ServerHostOptions): ServerHost {
  const disk = createSimDisk({ chance: chance.fork('disk'), conditions: perfectDisk });
  const records = createSimRecords({ chance: chance.fork('records'), conditions: perfectDisk });
  const book = createJournalBook();
  let conditions = perfectDisk;
  let running: Running | null = null;
  const requests = new Map<string, SeenRequest>();
  const startedAfter: Seq[] = [];
  let starts = 0;
  let snapshots: ReadonlyMap<string, Snapshot> = new Map();

  /** Snapshots are a shortcut that may be lost, so at some starts they are. */
  const openStore = (): MemoryStore => {
    const store = new MemoryStore(disk.disk);
    const kept = chance.happens(0.5) ? snapshots : [];
    for (const [name, snapshot] of kept) store.snapshots.set(name, snapshot);
    snapshots = store.snapshots;
    return store;
  };

  const logOf =
    (process: Running): Log =>
    (level, fields, message) => {
      if (level !== 'error' || running !== process) return;
      note(`log error: ${message} ${namesOfErrors(fields.err).join(' from ')}`);
      if (fields.err === undefined || isDiskError(fields.err)) return;
      fail(new LawBroken(`the server met an error of its own: ${message}`, { cause: fields.err }));
    };

  const end = (process: Running): void => {
    process.clock.end();
    if (running === process) running = null;
  };

  const giveUp = (process: Running, why: string): 'failed' => {
    end(process);
    note(`server does not start: ${why}`);
    return 'failed';
  };

  const start = async (): Promise<'started' | 'failed'> => {
    starts += 1;
    const process: Running = { clock: time.process(), server: null };
    running = process;
    disk.attach(process.clock);
    // What the last process wrote and could not sync is about to be shown: it must be safe before.
    const isSafe = await disk.disk.sync().then(
      () => true,
      () => false,
    );
    if (!isSafe) return giveUp(process, 'the disk could not be synced');
    const journal = openMemoryJournal({ store: openStore() });
    const faults = await book.faultsOf(journal);
    if (faults.length > 0) throw new LawBroken(`at start ${starts}: ${faults.join('; ')}`);
    const { seq } = await journal.head();
    startedAfter.push(seq);
    note(`server starts over ${seq} facts`);
    const processChance = chance.fork(`server ${starts}`);
    const edges: ServerEdges = {
      clock: process.clock,
      chance: processChance,
      hashing: makeSimulatedHashing(processChance.fork('hashing')),
      journal: book.watch(journal),
      records: records.open(process.clock),
      log: logOf(process),
    };
    try {
      process.server = await boot(edges);
      return 'started';
    } catch (failure) {
      if (!isDiskError(failure) && !conditions.isFull) throw failure;
      return giveUp(process, namesOfErrors(failure).join(' from '));
    }
  };

  const stop = async (): Promise<void> => {
    const process = running;
    if (process === null || process.server === null) return;
    const before = time.elapsed();
    await process.server.stop();
    if (running !== process) return;
    const tookMs = time.elapsed() - before;
    end(process);
    note(`server stopped in ${tookMs} ms`);
    if (tookMs > stopMsMax) throw new LawBroken(`a graceful stop took ${tookMs} ms; at most ${stopMsMax} are allowed`);
  };

  return {
    isUp: () => running !== null && running.server !== null,
    start,
    stop,
    crash() {
      if (running !== null) end(running);
      disk.crash();
      records.crash();
      note(`power goes; ${disk.disk.blocks.length} blocks stay`);
    },
    setDisk(next) {
      conditions = next;
      disk.setConditions(next);
      records.setConditions(next);
    },
    serve(request) {
      const process = running;
      if (process === null || process.server === null) return null;
      const arrival = { arrivedAfter: book.head(), arrivedAt: process.clock.now() };
      const hangs = new LawBroken(`${request.method} ${request.path} was not answered within ${answerMsMax} ms`);
      const answered = process.clock.after(answerMsMax, () => fail(hangs));
      return process.server.dispatch(request).then(
        (response) => {
          answered();
          // A process that died in the meantime may still run to its next wait; nobody hears of it.
          if (running !== process) return silence;
          const { method, path } = request;
          requests.set(response.headers['x-request-id'] ?? '', { method, path, status: response.status, ...arrival });
          return response;
        },
        (failure) => {
          if (running === process) fail(new LawBroken('a request was answered by an exception', { cause: failure }));
          return silence;
        },
      );
    },
    async evidence() {
      const journal = openMemoryJournal({ store: new MemoryStore(disk.disk) });
      const facts: Fact[] = [];
      for await (const page of journal.read({ after: 0 })) facts.push(...page);
      return { facts, requests, startedAfter, records: await records.dump() };
    },
  };
}
