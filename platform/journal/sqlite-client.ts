import { Worker } from 'node:worker_threads';
import { JournalFailure } from './journal.ts';
import type { Answer, Question, QuestionName, Questions, ThreadData } from './sqlite-thread.ts';

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/** The thread that writes, as seen from the event loop, which it never blocks. Answers come in the order of the questions. */
export class SqliteClient {
  readonly #worker: Worker;
  readonly #file: string;
  readonly #waiting: Waiting[] = [];
  #ended: JournalFailure | null = null;

  private constructor(data: ThreadData) {
    this.#file = data.file;
    this.#worker = new Worker(new URL('./sqlite-thread.ts', import.meta.url), { workerData: data });
    this.#worker.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('error', (error: unknown) => this.#end(`the writer failed: ${String(error)}`, error));
    this.#worker.on('exit', () => this.#end('its writer has ended'));
  }

  /** Starts the thread; resolves when it has the file open. @throws JournalFailure when it cannot open it */
  static async start(data: ThreadData): Promise<SqliteClient> {
    const client = new SqliteClient(data);
    await client.#answer();
    return client;
  }

  async ask<Name extends QuestionName>(name: Name, ask: Questions[Name]['ask']): Promise<Questions[Name]['answer']> {
    if (this.#ended !== null) throw this.#ended;
    this.#worker.postMessage({ name, ask } as Question);
    return (await this.#answer()) as Questions[Name]['answer'];
  }

  /** Closes the files and waits for the thread's end. */
  async close(): Promise<void> {
    if (this.#ended !== null) return;
    const exit = new Promise((resolve) => this.#worker.once('exit', resolve));
    await this.ask('close', null);
    this.#worker.ref();
    await exit;
  }

  #answer(): Promise<unknown> {
    // A thread with nothing to do keeps no process alive; one with an answer to give does.
    this.#worker.ref();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    if ('fault' in answer) waiting?.reject(new JournalFailure(`the journal ${this.#file}: ${answer.fault}`));
    else waiting?.resolve(answer.answer);
  }

  #end(why: string, cause?: unknown): void {
    this.#ended ??= new JournalFailure(`the journal ${this.#file}: ${why}`, { cause, isFinal: true });
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}
