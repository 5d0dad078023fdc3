import type { Fault } from '../../platform/definitions/kind.ts';
import { ask, clientFlags, targetOf } from '../client.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { type ChangeTold, definitionOperands, folderOf, lineOfFault, printChanges } from './definitions.ts';

export const diffCommand: Command = {
  name: 'diff',
  summary: 'Say what applying a folder of definitions would change on the server.',
  operands: definitionOperands,
  flags: [{ name: 'prune', help: 'also what apply --prune would remove' }, ...clientFlags],
  about: ['', 'Exit code 1 when the folder has faults; they are printed with file, line and column.'],
  async run(given, terminal) {
    const { files } = await folderOf(given);
    const body = { files: files.map(({ path, text }) => ({ path, text })), prune: given.switches.has('prune') };
    const request = { method: 'POST', path: '/api/v1/definitions/diff', body } as const;
    const answer = await ask(targetOf(given, terminal), request, terminal.signal);
    const { faults, changes } = answer as { faults: readonly Fault[]; changes: readonly ChangeTold[] };
    if (given.json) terminal.out(JSON.stringify(answer));
    else if (faults.length > 0) for (const fault of faults) terminal.out(lineOfFault(fault));
    else printChanges(changes, terminal);
    return faults.length === 0 ? exitCodes.done : exitCodes.faults;
  },
};
