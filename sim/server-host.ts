import type { Seq } from '../kernel/fact.ts';
import { type Millis, minute } from '../kernel/time.ts';
import type { Chance } from '../platform/edge/chance.ts';
import type { Clock } from '../platform/edge/clock.ts';
import type { Hashing } from '../platform/edge/hashing.ts';
import { makeSimulatedHashing } from '../platform/edge/hashing-simulated.ts';
import type { HttpRequest, HttpResponse, Log } from '../platform/http/exchange.ts';
import type { Journal } from '../platform/journal/journal.ts';
import type { Records } from '../platform/records/records.ts';
import { LawBroken } from './law-broken.ts';
import type { Evidence, SeenRequest } from './laws/law.ts';
import { Machine } from './machine.ts';
import type { SimChance } from './sim-chance.ts';
import type { ProcessClock, SimTime } from './sim-clock.ts';
import type { DiskConditions } from './sim-disk.ts';

/** Everything outside that one server process is handed. */
export interface ServerEdges {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly hashing: Hashing;
  readonly journal: Journal;
  readonly records: Records;
  readonly log: Log;
  /** Told when the server cannot go on: its process ends. */
  readonly onStopped: (reason: Error) => void;
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
  /** Takes no new requests, and finishes those under way. */
  isStopping: boolean;
}

/** What is answered to a request whose server died over it: nothing, ever. */
const silence = new Promise<never>(() => undefined);

const messageOf = (error: unknown): string => namesOfErrors(error).join(' from ');

class OneServerHost implements ServerHost {
  readonly #options: ServerHostOptions;
  readonly #machine: Machine;
  readonly #requests = new Map<string, SeenRequest>();
  readonly #startedAfter: Seq[] = [];
  #running: Running | null = null;

  constructor(options: ServerHostOptions) {
    this.#options = options;
    this.#machine = new Machine(options.chance);
  }

  isUp(): boolean {
    return this.#running !== null && this.#running.server !== null;
  }

  async start(): Promise<'started' | 'failed'> {
    const process: Running = { clock: this.#options.time.process(), server: null, isStopping: false };
    this.#running = process;
    const journal = await this.#machine.openJournal(process.clock);
    if (journal === null) return this.#giveUp(process, 'the disk could not be synced');
    const { seq } = await journal.head();
    this.#startedAfter.push(seq);
    this.#options.note(`server starts over ${seq} facts`);
    try {
      process.server = await this.#options.boot(this.#edgesOf(process, journal));
      return 'started';
    } catch (failure) {
      if (!isDiskError(failure) && !this.#machine.conditions.isFull) throw failure;
      return this.#giveUp(process, messageOf(failure));
    }
  }

  async stop(): Promise<void> {
    const process = this.#running;
    if (process === null || process.server === null) return;
    const { time, note } = this.#options;
    const before = time.elapsed();
    process.isStopping = true;
    await process.server.stop();
    if (this.#running !== process) return;
    const tookMs = time.elapsed() - before;
    this.#end(process);
    note(`server stopped in ${tookMs} ms`);
    if (tookMs > stopMsMax) throw new LawBroken(`a graceful stop took ${tookMs} ms; at most ${stopMsMax} are allowed`);
  }

  crash(): void {
    if (this.#running !== null) this.#end(this.#running);
    this.#machine.crash();
    this.#options.note(`power goes; ${this.#machine.blockCount} blocks stay`);
  }

  setDisk(conditions: DiskConditions): void {
    this.#machine.setConditions(conditions);
  }

  readonly serve = (request: HttpRequest): Promise<HttpResponse> | null => {
    const process = this.#running;
    if (process === null || process.server === null || process.isStopping) return null;
    const { fail } = this.#options;
    const arrival = { arrivedAfter: this.#machine.book.head(), arrivedAt: process.clock.now() };
    const hangs = new LawBroken(`${request.method} ${request.path} was not answered within ${answerMsMax} ms`);
    const answered = process.clock.after(answerMsMax, () => fail(hangs));
    return process.server.dispatch(request).then(
      (response) => {
        answered();
        // A process that died in the meantime may still run to its next wait; nobody hears of it.
        return this.#running === process ? this.#seen(request, response, arrival) : silence;
      },
      (failure) => {
        if (this.#running === process)
          fail(new LawBroken('a request was answered by an exception', { cause: failure }));
        return silence;
      },
    );
  };

  async evidence(): Promise<Omit<Evidence, 'secrets' | 'erased'>> {
    const [facts, records] = [await this.#machine.readFacts(), await this.#machine.records.dump()];
    return { facts, records, requests: this.#requests, startedAfter: this.#startedAfter };
  }

  #seen(request: HttpRequest, response: HttpResponse, arrival: Pick<SeenRequest, 'arrivedAfter' | 'arrivedAt'>) {
    const { method, path } = request;
    this.#requests.set(response.headers['x-request-id'] ?? '', { method, path, status: response.status, ...arrival });
    return response;
  }

  #edgesOf(process: Running, journal: Journal): ServerEdges {
    const chance = this.#options.chance.fork(`server ${this.#startedAfter.length}`);
    return {
      clock: process.clock,
      chance,
      hashing: makeSimulatedHashing(chance.fork('hashing')),
      journal: this.#machine.book.watch(journal),
      records: this.#machine.records.open(process.clock),
      log: (level, fields, message) => {
        if (level === 'error' && this.#running === process) this.#hear(fields.err, message);
      },
      onStopped: (reason) => {
        if (this.#running === process) this.#hear(reason, 'the server cannot go on');
      },
    };
  }

  /** An error in the log is a bug of the program, unless a disk that misbehaves is behind it. */
  #hear(error: unknown, message: string): void {
    this.#options.note(`log error: ${message} ${messageOf(error)}`);
    if (error === undefined || isDiskError(error)) return;
    this.#options.fail(new LawBroken(`the server met an error of its own: ${message}`, { cause: error }));
  }

  #end(process: Running): void {
    process.clock.end();
    if (this.#running === process) this.#running = null;
  }

  #giveUp(process: Running, why: string): 'failed' {
    this.#end(process);
    this.#options.note(`server does not start: ${why}`);
    return 'failed';
  }
}

/** Makes a machine whose server has not started. */
export const createServerHost = (options: ServerHostOptions): ServerHost => new OneServerHost(options);
