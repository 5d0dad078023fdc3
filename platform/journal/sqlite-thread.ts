import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../kernel/assert.ts';
import type { PreparedBatch } from './admit.ts';
import type { Snapshot } from './journal.ts';
import { openForWriting } from './sqlite-schema.ts';
import { SqliteSnapshots } from './sqlite-snapshots.ts';
import { SqliteWriter, type WriterResult } from './sqlite-writer.ts';

/** What the thread is asked, and what it answers to each. One question is answered before the next is looked at. */
export interface Questions {
  commit: { readonly ask: readonly PreparedBatch[]; readonly answer: readonly WriterResult[] };
  saveSnapshot: { readonly ask: Snapshot; readonly answer: null };
  loadSnapshot: { readonly ask: string; readonly answer: Snapshot | null };
  close: { readonly ask: null; readonly answer: null };
}

export type QuestionName = keyof Questions;

export type Question = {
  readonly [Name in QuestionName]: { readonly name: Name; readonly ask: Questions[Name]['ask'] };
}[QuestionName];

/** An answer, or why there is none; the very first one says that the file is open. */
export type Answer = { readonly answer: unknown } | { readonly fault: string };

export interface ThreadData {
  readonly file: string;
  readonly snapshotFile: string;
}

/** Makes the names of new files safe: a file whose folder was not synced can be gone after a power cut. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function openFile(file: string): ReturnType<typeof openForWriting> {
  const folder = dirname(file);
  const isNew = !existsSync(file);
  mkdirSync(folder, { recursive: true });
  const database = openForWriting(file);
  if (isNew) for (const changed of [folder, dirname(folder)]) syncFolder(changed);
  return database;
}

function serve(): void {
  const port = parentPort;
  assert(port !== null, 'the journal writer runs in a thread of its own');
  const { file, snapshotFile } = workerData as ThreadData;
  const database = openFile(file);
  const writer = new SqliteWriter(database);
  const snapshots = new SqliteSnapshots(snapshotFile);

  const answerTo = (question: Question): unknown => {
    if (question.name === 'commit') return writer.commit(question.ask);
    if (question.name === 'saveSnapshot') snapshots.save(question.ask);
    if (question.name === 'loadSnapshot') return snapshots.load(question.ask);
    if (question.name === 'close') {
      snapshots.close();
      database.close();
    }
    return null;
  };

  port.on('message', (question: Question) => {
    try {
      port.postMessage({ answer: answerTo(question) } satisfies Answer);
    } catch (error) {
      port.postMessage({ fault: String(error) } satisfies Answer);
    }
    if (question.name === 'close') port.close();
    if (question.name === 'commit') writer.checkpointWhenDue();
  });
  port.postMessage({ answer: null } satisfies Answer);
}

serve();
