import { type Command, CommandFailure, type Terminal } from './command.ts';
import { findCommand, helpOf, helpOfAll, parseGiven } from './command-line.ts';
import { commands } from './commands/index.ts';
import { ConfigFault } from './config.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { wordsOfHostFailure } from './host-failure.ts';
import { processTerminal } from './terminal.ts';
import { version } from './version.ts';

const wantsHelp = (words: readonly string[]): boolean => words.includes('--help') || words.includes('-h');

/**
 * Runs the program: `plimsoll COMMAND …`.
 * @param words what stood after `plimsoll`
 * @param given where it writes and what surrounds it; those of the process when left out
 * @returns the exit code; see `exit-codes.ts`
 */
export async function run(words: readonly string[], given?: Terminal): Promise<ExitCode> {
  const [name = '--help', ...rest] = words;
  const stopsItself = commands.some((command) => command.name === name && command.stopsItself === true);
  const terminal = given ?? processTerminal({ stopsItself });
  try {
    if (name === '--version') terminal.out(version);
    else if (name === '--help' || name === '-h' || name === 'help') terminal.out(helpOfAll(commands, version));
    else return await runCommand(findCommand(commands, name), rest, terminal);
    return exitCodes.done;
  } catch (failure) {
    return reported(failure, terminal);
  }
}

async function runCommand(command: Command, words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (wantsHelp(words)) {
    terminal.out(helpOf(command));
    return exitCodes.done;
  }
  return await command.run(parseGiven(command, words), terminal);
}

function reported(failure: unknown, terminal: Terminal): ExitCode {
  if (failure instanceof CommandFailure) {
    terminal.error(failure.message);
    return failure.code;
  }
  if (failure instanceof ConfigFault) {
    terminal.error(failure.message);
    return exitCodes.config;
  }
  const words = wordsOfHostFailure(failure);
  if (words !== null) {
    terminal.error(words);
    return exitCodes.unavailable;
  }
  terminal.error('This is a fault of Plimsoll, not of yours. Please report it with the lines below.');
  terminal.error(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
  return exitCodes.bug;
}
