import { existsSync } from 'node:fs';
import { realClock } from '../../platform/edge/clock.ts';
import { restoreBackup } from '../backup.ts';
import { dataFolderOf, localFlags } from '../client.ts';
import { type Command, CommandFailure } from '../command.ts';
import { isDataFolderLocked } from '../data-folder.ts';
import { exitCodes } from '../exit-codes.ts';

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Put a verified backup in the place of the data folder.',
  operands: ['DIR'],
  flags: localFlags,
  about: [
    '',
    'The server must be stopped. What stood in the data folder is moved aside, never deleted; its new place is printed.',
  ],
  async run(given, terminal) {
    const folder = dataFolderOf(given, terminal);
    if (existsSync(folder) && isDataFolderLocked(folder)) {
      throw new CommandFailure(exitCodes.refused, `a server is running on ${folder}. Stop it first, then restore`);
    }
    const { manifest, movedAside } = await restoreBackup(given.operands[0] ?? '', folder, realClock.now());
    if (given.json) {
      terminal.out(JSON.stringify({ head: manifest.head, madeAt: manifest.madeAt, movedAside }));
      return exitCodes.done;
    }
    terminal.out(`Restored ${folder}: ${manifest.head.seq} facts, verified, as of ${manifest.madeAt}.`);
    if (movedAside !== null) terminal.out(`What was there before is now in ${movedAside}.`);
    return exitCodes.done;
  },
};
