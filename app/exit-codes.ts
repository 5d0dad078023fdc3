/**
 * What the command line answers to a script. 0, 1 and 2 are answers; from 64 up they say why there is none, with the
 * numbers of BSD's sysexits(3).
 */
export const exitCodes = {
  done: 0,
  /** The thing asked about has faults: `check` found some, `doctor` found trouble. */
  faults: 1,
  /** A decision said no; nothing is broken. */
  refused: 2,
  /** The command line was not understood. */
  usage: 64,
  /** The server, a file or a folder that is needed cannot be reached. */
  unavailable: 69,
  /** A fault of Plimsoll itself. */
  bug: 70,
  /** The server does not let this caller do it. */
  forbidden: 77,
  /** A setting cannot be used. */
  config: 78,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The words of the help, in the order of the numbers. */
export const exitCodeWords: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.done, 'done'],
  [exitCodes.faults, 'faults were found; they are listed'],
  [exitCodes.refused, 'refused by a decision; the reason is printed'],
  [exitCodes.usage, 'the command line was not understood'],
  [exitCodes.unavailable, 'the server, a file or a folder could not be reached'],
  [exitCodes.bug, 'a fault of Plimsoll itself'],
  [exitCodes.forbidden, 'the server does not let this caller do it'],
  [exitCodes.config, 'a setting cannot be used'],
];
