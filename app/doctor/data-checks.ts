import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isoOf, type Millis, minute, wordsOf } from '../../kernel/time.ts';
import { openSqliteReading } from '../../platform/journal/sqlite-reading.ts';
import { openToLook } from '../../platform/journal/sqlite-schema.ts';
import { lookAtRecords } from '../../platform/records/sqlite.ts';
import { dataFiles } from '../data-folder.ts';
import { whyUnreadable } from '../folds.ts';
import { withPlace } from '../host-failure.ts';
import { whyHalvesDiffer } from '../lost-half.ts';
import { version } from '../version.ts';
import { type Check, note, trouble, well } from './finding.ts';

const freeBytesMin = 1024 ** 3;

/** Is the folder there, is it closed to others, is there room? */
export const folderCheck = (folder: string): Check => ({
  about: 'Data folder',
  look: async () => {
    if (!existsSync(folder)) return note(`${folder} is not there yet; the first start makes it`);
    const mode = statSync(folder).mode & 0o777;
    if ((mode & 0o077) !== 0) {
      return trouble(`${folder} can be read by other users (mode ${mode.toString(8)}). Close it: chmod 700 ${folder}`);
    }
    const space = statfsSync(folder);
    const freeBytes = space.bavail * space.bsize;
    const freeMegabytes = Math.floor(freeBytes / 1024 ** 2);
    if (freeBytes < freeBytesMin) {
      return trouble(
        `only ${freeMegabytes} MB are free on the disk of ${folder}; below 1 GB is short. Make room, or move it with --data`,
      );
    }
    return well(`${folder}, closed to others, ${freeMegabytes} MB free`);
  },
});

/** Does the chain of facts hold from the first to the last? */
export const journalCheck = (folder: string): Check => ({
  about: 'Journal',
  look: async () => {
    const file = join(folder, dataFiles.journal);
    if (!existsSync(file)) return note('no fact yet');
    const journal = await withPlace(file, () => openSqliteReading(file));
    try {
      const { factsChecked, fault } = await journal.verify();
      if (fault === null) return well(`${factsChecked} facts, each one's hash holds`);
      return trouble(
        `fact ${fault.seq} (${fault.type} of ${fault.subject}) does not hold: ${fault.detail}. Somebody or something changed the file. Restore a backup`,
      );
    } finally {
      await journal.close();
    }
  },
});

/** Can this version read every fact? One that a later version wrote keeps the server from starting. */
export const factsCheck = (folder: string): Check => ({
  about: 'Facts',
  look: async () => {
    const file = join(folder, dataFiles.journal);
    if (!existsSync(file)) return note('no fact yet');
    const journal = await withPlace(file, () => openSqliteReading(file));
    try {
      for await (const page of journal.read({ after: 0 })) {
        for (const fact of page) {
          const why = whyUnreadable(fact);
          if (why === null) continue;
          return trouble(
            `fact ${fact.seq} (${fact.type} of ${fact.subject}) cannot be read by Plimsoll ${version}: ${why}. Start the version that wrote it`,
          );
        }
      }
      return well(`Plimsoll ${version} can read each of them`);
    } finally {
      await journal.close();
    }
  },
});

function integrityOf(file: string): string {
  const database = openToLook(file);
  try {
    return String(database.prepare('PRAGMA integrity_check').get()?.integrity_check);
  } finally {
    database.close();
  }
}

/** Held against the journal as at a start. @returns what is wrong, or null */
async function whyApart(folder: string): Promise<string | null> {
  const [journalFile, recordsFile] = [join(folder, dataFiles.journal), join(folder, dataFiles.records)];
  if (!existsSync(journalFile)) return null;
  const journal = await withPlace(journalFile, () => openSqliteReading(journalFile));
  const database = existsSync(recordsFile) ? openToLook(recordsFile) : null;
  try {
    return await whyHalvesDiffer(journal, database === null ? null : lookAtRecords(database));
  } finally {
    database?.close();
    await journal.close();
  }
}

/** Are the records whole, and do they belong to the journal? */
export const recordsCheck = (folder: string): Check => ({
  about: 'Records',
  look: async () => {
    const file = join(folder, dataFiles.records);
    const isThere = existsSync(file);
    const answer = isThere ? await withPlace(file, () => integrityOf(file)) : 'ok';
    if (answer !== 'ok') return trouble(`the file is damaged: ${answer}. Restore a backup`);
    const why = await whyApart(folder);
    if (why !== null) return trouble(why);
    return isThere ? well('the file is whole and belongs to the journal') : note('none yet');
  },
});

const clockToleranceMs: Millis = minute;

/** A clock that was set back makes new facts older than what they follow. */
export const clockCheck = (folder: string, now: () => Millis): Check => ({
  about: 'Clock',
  look: async () => {
    const file = join(folder, dataFiles.journal);
    if (!existsSync(file)) return well(`${isoOf(now())}`);
    const journal = await withPlace(file, () => openSqliteReading(file));
    try {
      for await (const [last] of journal.read({ after: 0, backwards: true, limit: 1 })) {
        const ahead = (last?.at ?? 0) - now();
        if (ahead > clockToleranceMs) {
          return trouble(
            `the last fact is ${wordsOf(ahead)} in the future: this machine's clock was set back, or was ahead. Set it by NTP`,
          );
        }
      }
      return well(`${isoOf(now())}, not before the last fact`);
    } finally {
      await journal.close();
    }
  },
});
