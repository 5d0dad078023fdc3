import { type DefinitionFile, type FileReading, readDefinitions } from './reading.ts';
import type { Registry } from './registry.ts';

/** A file with the text that was read, to be known again. */
export interface ReadFile {
  readonly text: string;
  readonly reading: FileReading;
}

/** Lets other work of the server run. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const charactersReadAtOnceMax = 64 * 1024;

/** Reads files in turns, so that a folder of thousands does not hold up a server that pages people. @param known files whose unchanged text is not read again */
export async function readPaced(
  files: readonly DefinitionFile[],
  registry: Registry,
  known: ReadonlyMap<string, ReadFile>,
): Promise<readonly ReadFile[]> {
  const read: ReadFile[] = [];
  let characters = 0;
  for (const file of files) {
    const before = known.get(file.path);
    if (before?.text === file.text) {
      read.push(before);
      continue;
    }
    characters += file.text.length;
    if (characters > charactersReadAtOnceMax) {
      characters = 0;
      await turn();
    }
    read.push({ text: file.text, reading: readDefinitions(file, registry) });
  }
  return read;
}
