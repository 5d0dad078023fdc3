import { realClock } from '../../platform/edge/clock.ts';
import { makeBackup } from '../backup.ts';
import { dataFolderOf, localFlags } from '../client.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

export const backupCommand: Command = {
  name: 'backup',
  summary: 'Copy journal and records to a folder, while the server runs or not, and verify the copy.',
  operands: ['DIR'],
  flags: localFlags,
  about: [
    '',
    'DIR must be new or empty. The copy is opened, checked and its chain of facts walked; manifest.json is written last,',
    'so a folder without it is no backup. It holds personal data and hashes of secrets: keep it as you keep the data.',
  ],
  async run(given, terminal) {
    const target = given.operands[0] ?? '';
    const manifest = await makeBackup(dataFolderOf(given, terminal), target, realClock.now());
    if (given.json) terminal.out(JSON.stringify(manifest));
    else terminal.out(`Backed up to ${target}: ${manifest.head.seq} facts, verified. Head ${manifest.head.hash}`);
    return exitCodes.done;
  },
};
