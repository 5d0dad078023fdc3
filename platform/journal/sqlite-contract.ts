import { realClock } from '../edge/clock.ts';
import type { Journal } from './journal.ts';
import { openSqliteJournal } from './sqlite.ts';

/** How the contract suite, in this process and in others, opens a SQLite store. @param file path of the database */
export const openForContract = (file: string): Promise<Journal> =>
  openSqliteJournal({ file, clock: realClock, pollMs: 5 });
