import type { Head, Journal } from '../platform/journal/journal.ts';
import type { Records } from '../platform/records/records.ts';

/** Where the records keep how far the journal beside them had come; by it, each half knows the other at the next start. */
const collection = 'journal-mark';
const key = 'head';

/** The last mark; null in records that never had one. */
export async function readMark(records: Pick<Records, 'get'>): Promise<Head | null> {
  const stored = await records.get<{ seq: number; hash: string }>(collection, key);
  return stored === null ? null : { seq: stored.body.seq, hash: stored.body.hash };
}

/** Writes a mark in the place of the last one. One that finds no room is left out: the last one still holds. */
export async function putMark(records: Records, { seq, hash }: Head): Promise<void> {
  const stored = await records.get(collection, key);
  if (stored?.body.seq === seq && stored.body.hash === hash) return;
  await records.put(collection, key, { seq, hash }, stored?.revision ?? 0);
}

/** Marks how far the journal has come. What its head shows is durable, so the mark is never ahead of what the disk holds. */
export async function markHead(journal: Journal, records: Records): Promise<void> {
  const head = await journal.head();
  if (head.seq > 0) await putMark(records, head);
}
