import { hasServed, knowsAnybody } from '../capabilities/access/index.ts';
import type { Head, Journal } from '../platform/journal/journal.ts';
import type { Records } from '../platform/records/records.ts';
import { CommandFailure } from './command.ts';
import { dataFiles } from './data-folder.ts';
import { exitCodes } from './exit-codes.ts';
import { readMark } from './journal-mark.ts';

type JournalHalf = Pick<Journal, 'head' | 'read' | 'verify'>;
/** Null where the file is not there. */
type RecordsHalf = Pick<Records, 'get' | 'list'> | null;

const beginAnew = 'To begin anew instead, name another folder with --data';

async function hasPeople(journal: JournalHalf): Promise<boolean> {
  for await (const page of journal.read({ after: 0 })) {
    if (page.some((fact) => fact.subject.startsWith('user/'))) return true;
  }
  return false;
}

/** Whether the journal holds the fact that the records were last beside. @returns what does not fit, or null */
async function whyOther(journal: JournalHalf, { seq, hash }: Head): Promise<string | null> {
  const head = await journal.head();
  if (head.seq < seq) {
    return `${dataFiles.journal} ends at fact ${head.seq}, but ${dataFiles.records} was beside it when it held fact ${seq}, so it is an older one`;
  }
  const found = await journal.verify({ after: seq - 1, upTo: seq });
  if (found.head.hash === hash) return null;
  return `fact ${seq} of ${dataFiles.journal} is not the one that ${dataFiles.records} was beside, so it is another journal or was changed`;
}

/**
 * Whether journal and records belong together. One that was lost, is older, or comes from elsewhere would cost what the other
 * still has: records that no fact stands behind are erased, and people without a record cannot be told who they are.
 * @returns what is wrong and the next step, or null when they fit
 */
export async function whyHalvesDiffer(journal: JournalHalf, records: RecordsHalf): Promise<string | null> {
  if ((await journal.head()).seq === 0) {
    if (records === null || !(await hasServed(records))) return null;
    return (
      `${dataFiles.journal} holds no fact, but ${dataFiles.records} knows people who have used this server, so the journal was lost. ` +
      `Nothing was changed. Put a backup in its place: plimsoll restore DIR. ${beginAnew}`
    );
  }
  const mark = records === null ? null : await readMark(records);
  if (mark !== null) {
    const why = await whyOther(journal, mark);
    return why === null
      ? null
      : `${why}. A start would erase the records of what it does not know. Nothing was changed. ` +
          'Put the two files back that belong together, or restore a backup of both: plimsoll restore DIR';
  }
  if ((records !== null && (await knowsAnybody(records))) || !(await hasPeople(journal))) return null;
  return (
    `${dataFiles.journal} knows of people, but ${dataFiles.records} ${records === null ? 'is not there' : 'holds nobody'}, so the records were lost. ` +
    `Nothing was changed. Put a backup in its place: plimsoll restore DIR. ${beginAnew}`
  );
}

/** Refuses to start on halves that do not belong together. @throws CommandFailure with the next step */
export async function refuseLostHalf(folder: string, journal: Journal, records: RecordsHalf): Promise<void> {
  const why = await whyHalvesDiffer(journal, records);
  if (why !== null) throw new CommandFailure(exitCodes.unavailable, `${folder}: ${why}`);
}
