import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { countedOf, definitionOperands, folderOf, lineOfFault } from './definitions.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'Check a folder of definitions, without a server.',
  operands: definitionOperands,
  flags: [{ name: 'json', help: 'print one JSON value' }],
  about: [
    '',
    'Each fault is printed as file:line:column, what was found, what was expected. Exit code 1 when there is any.',
  ],
  async run(given, terminal) {
    const { files } = await folderOf(given);
    const [{ check }, { registry }] = await Promise.all([
      import('../../platform/definitions/index.ts'),
      import('../kinds.ts'),
    ]);
    const { documents, faults } = check(files, registry);
    if (given.json) terminal.out(JSON.stringify({ files: files.length, documents: documents.length, faults }));
    else {
      for (const fault of faults) terminal.out(lineOfFault(fault));
      const counts = [countedOf(documents.length, 'document'), countedOf(files.length, 'file')].join(' in ');
      terminal.out(`${counts}, ${countedOf(faults.length, 'fault')}.`);
    }
    return faults.length === 0 ? exitCodes.done : exitCodes.faults;
  },
};
