import { ask, clientFlags, targetOf } from '../client.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { type ChangeTold, countedOf, definitionOperands, folderOf, linesOfChange } from './definitions.ts';

export const applyCommand: Command = {
  name: 'apply',
  summary: 'Bring a folder of definitions into force on the server: all of it, or, with any fault, nothing.',
  operands: definitionOperands,
  flags: [
    { name: 'prune', help: 'remove documents that were applied before and are not in the folder any more' },
    ...clientFlags,
  ],
  about: [
    '',
    'Needs the role maintainer. The commit is named when the folder is a git checkout. Exit code 1 when it has faults.',
  ],
  async run(given, terminal) {
    const { files, commit } = await folderOf(given);
    const sent = { files: files.map(({ path, text }) => ({ path, text })), prune: given.switches.has('prune') };
    const body = commit === null ? sent : { ...sent, commit };
    const request = { method: 'POST', path: '/api/v1/definitions/apply', body } as const;
    const answer = await ask(targetOf(given, terminal), request, terminal.signal);
    const { revision, changes } = answer as { revision: number; changes: readonly ChangeTold[] };
    if (given.json) terminal.out(JSON.stringify(answer));
    else {
      for (const line of changes.flatMap(linesOfChange)) terminal.out(line);
      terminal.out(
        changes.length === 0
          ? `Nothing changed; revision ${revision} is in force.`
          : `Revision ${revision} is in force, ${countedOf(changes.length, 'change')}.`,
      );
    }
    return exitCodes.done;
  },
};
