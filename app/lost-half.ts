import { hasServed } from '../capabilities/access/index.ts';
import type { Journal } from '../platform/journal/journal.ts';
import type { Records } from '../platform/records/records.ts';
import { CommandFailure } from './command.ts';
import { dataFiles } from './data-folder.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * An empty journal beside records that only a journal can have led to: the journal was lost, cut to nothing, or another one is
 * mounted. A start would begin a new history and erase every record, since no fact stands behind them any more.
 * @throws CommandFailure with the next step
 */
export async function refuseLostHalf(folder: string, journal: Journal, records: Records): Promise<void> {
  if ((await journal.head()).seq > 0 || !(await hasServed(records))) return;
  throw new CommandFailure(
    exitCodes.unavailable,
    `${folder}: ${dataFiles.journal} holds no fact, but ${dataFiles.records} knows people who have used this server, so the journal was lost. ` +
      `Nothing was changed. Put a backup in its place: plimsoll restore DIR. To begin anew instead, name another folder with --data`,
  );
}
