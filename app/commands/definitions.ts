import type { FolderContent } from '../../platform/definitions/index.ts';
import type { Fault } from '../../platform/definitions/kind.ts';
import { type Command, CommandFailure, type Given, harmless, type Terminal } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

/** A change as the server tells it. */
export interface ChangeTold {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly change: 'added' | 'changed' | 'moved' | 'removed';
  readonly diff: readonly { readonly pointer: string; readonly before?: unknown; readonly after?: unknown }[];
}

/** `file:line:column: message`, as editors and people read it. */
export const lineOfFault = ({ file, line, column, message }: Fault): string =>
  harmless(`${file}:${line}:${column}: ${message}`);

/** `1 fault`, `3 faults`, `no faults`. The plural is the word with an s. */
export const countedOf = (count: number, word: string): string =>
  count === 1 ? `1 ${word}` : `${count || 'no'} ${word}s`;

/** Reads the folder of a command. Where a file cannot be read the command ends: a part of a folder is never sent. */
export async function folderOf(given: Given): Promise<FolderContent> {
  const { loadFolder } = await import('../../platform/definitions/index.ts');
  const content = await loadFolder(given.operands[0] ?? '');
  if (content.faults.length > 0) {
    const reasons = content.faults.map(({ file, message }) => `${file}: ${message}`);
    throw new CommandFailure(exitCodes.unavailable, reasons.join('\n'));
  }
  if (content.files.length > 0) return content;
  throw new CommandFailure(
    exitCodes.unavailable,
    `${content.folder} holds no definitions; expected files that end in .yaml, .yml or .json. See docs/guides/definitions.md`,
  );
}

const signs: Readonly<Record<ChangeTold['change'], string>> = { added: '+', changed: '~', moved: '>', removed: '-' };

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** The lines of a change, and of what differs in it. */
export const linesOfChange = ({ kind, name, file, change, diff }: ChangeTold): readonly string[] => [
  harmless(`${signs[change]} ${kind} ${name}  (${file})`),
  ...(change === 'changed'
    ? diff.map((one) => harmless(`    ${one.pointer}: ${shown(one.before)} → ${shown(one.after)}`))
    : []),
];

/** Prints changes, or that there are none. */
export function printChanges(changes: readonly ChangeTold[], terminal: Terminal): void {
  for (const line of changes.flatMap(linesOfChange)) terminal.out(line);
  if (changes.length === 0) terminal.out('Nothing would change.');
}

/** The operand and flag that check, diff and apply share. */
export const definitionOperands: Command['operands'] = ['DIR'];
