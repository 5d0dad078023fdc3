import { join } from 'node:path';
import { realClock } from '../../platform/edge/clock.ts';
import { portHolderOf } from '../../platform/http/port-holder.ts';
import { dataFolderOf, localFlags } from '../client.ts';
import type { Command, Given, Terminal } from '../command.ts';
import { readConfig } from '../config.ts';
import { consoleFolder } from '../console-folder.ts';
import { clockCheck, factsCheck, folderCheck, journalCheck, recordsCheck } from '../doctor/data-checks.ts';
import { type Check, examine, type Finding, note, trouble, well } from '../doctor/finding.ts';
import { consoleCheck, nodeCheck, portCheck, serverCheck, settingsCheck } from '../doctor/program-checks.ts';
import { exitCodes } from '../exit-codes.ts';
import { otherVariables } from '../other-variables.ts';
import { countedOf, lineOfFault } from './definitions.ts';

const holderOf = async (port: number): Promise<string | null> => {
  const holder = await portHolderOf(port);
  return holder === null ? null : `process ${holder.pid} (${holder.command})`;
};

const definitionsCheck = (folder: string | null): Check => ({
  about: 'Definitions',
  look: async () => {
    if (folder === null)
      return note(
        'PLIMSOLL_OPS names no folder; faults of one that the server watches are on the definitions page of the console',
      );
    const [{ check, loadFolder }, { registry }] = await Promise.all([
      import('../../platform/definitions/index.ts'),
      import('../kinds.ts'),
    ]);
    const { files, faults } = await loadFolder(folder);
    const all = [...faults, ...check(files, registry).faults];
    const [first] = all;
    if (first === undefined) return well(`${countedOf(files.length, 'file')} in ${folder}, no fault`);
    return trouble(`${countedOf(all.length, 'fault')} in ${folder}; the first: ${lineOfFault(first)}`);
  },
});

/** Settings that cannot be read are told by their own check; the others then go by the standard values. */
function configOf(given: Given, terminal: Terminal): ReturnType<typeof readConfig> {
  try {
    return readConfig(given.flags, terminal.environment);
  } catch {
    return readConfig(given.flags, {});
  }
}

function checksOf(given: Given, terminal: Terminal): readonly Check[] {
  const folder = dataFolderOf(given, terminal);
  const config = configOf(given, terminal);
  return [
    nodeCheck(process.version),
    settingsCheck(terminal.environment, otherVariables),
    folderCheck(folder),
    journalCheck(folder),
    factsCheck(folder),
    recordsCheck(folder),
    clockCheck(folder, realClock.now),
    definitionsCheck(config.ops),
    consoleCheck(join(consoleFolder, 'index.html')),
    portCheck(config, folder, holderOf),
    serverCheck(folder),
  ];
}

const words: Readonly<Record<Finding['state'], string>> = { well: 'well', note: 'note', trouble: 'TROUBLE' };

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Say what is wrong with this installation, in words.',
  operands: [],
  flags: localFlags,
  about: ['', 'Looks and changes nothing; it may run beside the server. Exit code 1 when there is trouble.'],
  async run(given, terminal) {
    const findings = await examine(checksOf(given, terminal));
    const isWell = findings.every((one) => one.state !== 'trouble');
    if (given.json) terminal.out(JSON.stringify({ well: isWell, findings }));
    else {
      for (const one of findings) terminal.out(`${words[one.state].padEnd(8)} ${one.about.padEnd(12)} ${one.words}`);
      terminal.out(isWell ? 'Nothing is wrong.' : 'Mend what is in trouble, from the top.');
    }
    return isWell ? exitCodes.done : exitCodes.faults;
  },
};
