import type { ExitCode } from './exit-codes.ts';

/** A flag of a command. */
export interface Flag {
  readonly name: string;
  /** What stands after it in the help; a flag without a value is a switch. */
  readonly value?: string;
  /** The environment variable that says the same. */
  readonly environment?: string;
  readonly help: string;
}

/** Where a command writes, and what surrounds it; tests hand in their own. */
export interface Terminal {
  out(line: string): void;
  error(line: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts on SIGINT, SIGTERM and SIGHUP, for a command that stops itself; never for the others. */
  readonly signal: AbortSignal;
  /** True where a person looks on: progress may be drawn. */
  readonly interactive: boolean;
}

/** What was on the command line, checked against the command's own list. */
export interface Given {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly switches: ReadonlySet<string>;
  readonly operands: readonly string[];
  /** `--json`: one JSON value on standard output, nothing else there. */
  readonly json: boolean;
}

/** A command of `plimsoll`, as data: the help, the parser and the reference are made from it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What stands after the name, such as `DIR`. One word an operand; `[DIR]` may be left out. */
  readonly operands: readonly string[];
  readonly flags: readonly Flag[];
  /** Further lines of its help: what it does, what it answers. */
  readonly about: readonly string[];
  /** True for a command that ends in order when the terminal's signal aborts; the others are simply ended by the system. */
  readonly stopsItself?: true;
  run(given: Given, terminal: Terminal): Promise<ExitCode>;
}

/** Ends a command with a code and a sentence on standard error. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly code: ExitCode;
  constructor(code: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Text that came from a file or a server, as one line that cannot steer the terminal: a name of a file may hold escape
 * sequences and line breaks.
 */
export const harmless = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
