import { type Command, CommandFailure, type Terminal } from './command.ts';
import { findCommand, helpOf, helpOfAll, parseGiven } from './command-line.ts';
import { commands } from './commands/index.ts';
import { ConfigFault } from './config.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { version } from './version.ts';

/** The terminal of a real process; the signal aborts at the first SIGINT or SIGTERM. */
function processTerminal(): Terminal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(name));
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    environment: process.env,
    signal: stop.signal,
    interactive: process.stdout.isTTY === true,
  };
}

const wantsHelp = (words: readonly string[]): boolean => words.includes('--help') || words.includes('-h');

/**
 * Runs the program: `plimsoll COMMAND …`.
 * @param words what stood after `plimsoll`
 * @returns the exit code; see `exit-codes.ts`
 */
export async function run(words: readonly string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  const [name = '--help', ...rest] = words;
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
  terminal.error('This is a fault of Plimsoll, not of yours. Please report it with the lines below.');
  terminal.error(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
  return exitCodes.bug;
}
