import { didYouMean } from '../kernel/suggest.ts';
import { type Command, CommandFailure, type Flag, type Given } from './command.ts';
import { exitCodes, exitCodeWords } from './exit-codes.ts';

const usage = (message: string): CommandFailure => new CommandFailure(exitCodes.usage, message);

interface Progress {
  readonly flags: Record<string, string>;
  readonly switches: Set<string>;
  readonly operands: string[];
}

function takeFlag(command: Command, rest: string[], word: string, progress: Progress): void {
  const [name = '', inline] = word.slice(2).split(/=(.*)/s, 2);
  const flag = command.flags.find((one) => one.name === name);
  if (flag === undefined) {
    const known = command.flags.map((one) => one.name);
    throw usage(
      `plimsoll ${command.name}: --${name} is not known.${didYouMean(name, known)} See plimsoll ${command.name} --help`,
    );
  }
  if (flag.value === undefined) {
    if (inline !== undefined) throw usage(`--${name} takes no value; found "${inline}"`);
    progress.switches.add(name);
    return;
  }
  const value = inline ?? rest.shift();
  if (value === undefined || (inline === undefined && value.startsWith('--'))) {
    throw usage(`--${name} needs a value: --${name} ${flag.value}`);
  }
  // An empty one comes of a variable that a script forgot to set: to go on with the standard value would hide it.
  if (value === '') throw usage(`--${name} is empty: expected --${name} ${flag.value}, or leave it out`);
  if (name in progress.flags) throw usage(`--${name} is given twice; expected it once`);
  progress.flags[name] = value;
}

function checkOperands(command: Command, operands: readonly string[]): void {
  const empty = command.operands[operands.indexOf('')];
  if (empty !== undefined)
    throw usage(`plimsoll ${command.name}: ${empty} is empty. See plimsoll ${command.name} --help`);
  const needed = command.operands.filter((one) => !one.startsWith('['));
  const missing = needed[operands.length];
  if (missing !== undefined)
    throw usage(`plimsoll ${command.name} needs ${missing}. See plimsoll ${command.name} --help`);
  const extra = operands[command.operands.length];
  if (extra !== undefined)
    throw usage(`plimsoll ${command.name}: "${extra}" was not expected. See plimsoll ${command.name} --help`);
}

/**
 * Reads the words after the command's name, strictly: an unknown flag, a missing value or an extra operand is refused.
 * `--` ends the flags. @throws CommandFailure with the code for usage
 */
export function parseGiven(command: Command, words: readonly string[]): Given {
  const rest = [...words];
  const progress: Progress = { flags: {}, switches: new Set(), operands: [] };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') progress.operands.push(...rest.splice(0));
    else if (word.startsWith('--')) takeFlag(command, rest, word, progress);
    else if (word.startsWith('-') && word !== '-')
      throw usage(`"${word}" is not known; flags are written out, such as --help`);
    else progress.operands.push(word);
  }
  checkOperands(command, progress.operands);
  return { ...progress, json: progress.switches.has('json') };
}

const aligned = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const flagRow = (flag: Flag): readonly [string, string] => [
  flag.value === undefined ? `--${flag.name}` : `--${flag.name} ${flag.value}`,
  flag.environment === undefined ? flag.help : `${flag.help} (${flag.environment})`,
];

const codeRows = aligned(exitCodeWords.map(([code, words]) => [String(code), words]));

/** The help of one command. */
export function helpOf(command: Command): string {
  const head = ['plimsoll', command.name, ...command.operands, command.flags.length > 0 ? '[flags]' : ''].filter(
    Boolean,
  );
  const flags = command.flags.length > 0 ? ['', 'Flags', ...aligned(command.flags.map(flagRow))] : [];
  return [head.join(' '), '', command.summary, ...command.about, ...flags, '', 'Exit codes', ...codeRows].join('\n');
}

/** The help of the program. */
export function helpOfAll(commands: readonly Command[], version: string): string {
  const rows = commands.map((one) => [[one.name, ...one.operands].join(' '), one.summary] as const);
  return [
    `plimsoll ${version}: how much risk your production can still carry`,
    '',
    'Commands',
    ...aligned(rows),
    '',
    'plimsoll COMMAND --help tells more. --json prints one JSON value for programs.',
    '',
    'Exit codes',
    ...codeRows,
  ].join('\n');
}

/** Finds a command by name. @throws CommandFailure naming the nearest one */
export function findCommand(commands: readonly Command[], name: string): Command {
  const found = commands.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = commands.map((one) => one.name);
  throw usage(`"${name}" is no command.${didYouMean(name, names)} Commands: ${names.join(', ')}`);
}
