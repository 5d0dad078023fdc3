import type { Command } from '../command.ts';
import { applyCommand } from './apply.ts';
import { backupCommand } from './backup.ts';
import { checkCommand } from './check.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { signInCommand } from './sign-in.ts';
import { tokenCommand } from './token.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  serveCommand,
  checkCommand,
  diffCommand,
  applyCommand,
  signInCommand,
  tokenCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
];
