import { constants, type Dirent } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileFault } from './check.ts';
import { commitOf } from './commit.ts';
import type { Fault } from './kind.ts';
import { fileBytesMax, fileCountMax, folderDepthMax, pathCharactersMax, totalBytesMax } from './limits.ts';
import type { DefinitionFile } from './reading.ts';

/** A definitions folder as it was found. */
export interface FolderContent {
  /** As people know it. */
  readonly folder: string;
  /** In the order of their paths. */
  readonly files: readonly DefinitionFile[];
  /** What could not be read: files and folders, each with the reason. Nothing is unloaded while there is any. */
  readonly faults: readonly Fault[];
  /** The commit that is checked out, when the folder is a git checkout. */
  readonly commit: string | null;
}

const isDefinitionFile = (name: string): boolean => /\.(?:ya?ml|json)$/.test(name);

/** What editors, git and package managers keep for themselves. */
const isPassedOver = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

const reasonOf = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this program; give it the right to';
  if (code === 'ENOTDIR') return 'is no folder';
  return `could not be read (${code ?? String(error)})`;
};

interface Listing {
  readonly folder: string;
  readonly paths: string[];
  readonly faults: Fault[];
}

/**
 * A link to a file inside the folder is followed (a mounted ConfigMap consists of such links). One that leads out of it is not: it
 * would let whoever may write here read files of the server. Nor is one to a folder, which may lead in a circle.
 */
async function followLink(listing: Listing, path: string): Promise<void> {
  const target = await realpath(join(listing.folder, path)).catch(() => null);
  const found = target === null ? null : await stat(target).catch(() => null);
  const home = `${await realpath(listing.folder)}${sep}`;
  if (found?.isFile() && target?.startsWith(home)) listing.paths.push(path);
  else
    listing.faults.push(
      fileFault(path, 'this link leads to no file inside the definitions folder; put the file itself here.'),
    );
}

async function takeEntry(listing: Listing, entry: Dirent, path: string, depth: number): Promise<void> {
  if (isPassedOver(entry.name) || listing.paths.length > fileCountMax) return;
  if (entry.isDirectory()) return list(listing, path, depth + 1);
  if (!isDefinitionFile(entry.name)) return;
  if (entry.isSymbolicLink()) return followLink(listing, path);
  if (entry.isFile()) listing.paths.push(path);
}

/** Lists the definition files below a folder. */
async function list(listing: Listing, below: string, depth: number): Promise<void> {
  const { folder, faults } = listing;
  if (depth > folderDepthMax) {
    faults.push(fileFault(below, `folders nest deeper than ${folderDepthMax}; move this one up.`));
    return;
  }
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((error: unknown) => {
    faults.push(fileFault(below === '' ? folder : below, `the folder ${reasonOf(error)}.`));
    return [];
  });
  for (const entry of entries)
    await takeEntry(listing, entry, below === '' ? entry.name : `${below}/${entry.name}`, depth);
}

async function readBounded(handle: FileHandle): Promise<Uint8Array | null> {
  const { size } = await handle.stat();
  if (size > fileBytesMax) return null;
  // One byte more than allowed tells a file that has grown since, and never takes in more than that.
  const bytes = Buffer.alloc(Math.min(size, fileBytesMax) + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length > size ? null : bytes.subarray(0, length);
}

/** Reads one file of the folder as text, or says why not. */
async function readText(folder: string, path: string): Promise<DefinitionFile | Fault> {
  if (path.length > pathCharactersMax)
    return fileFault(path, `the path is longer than ${pathCharactersMax} characters.`);
  const handle = await open(join(folder, path), constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) =>
    fileFault(path, `the file ${reasonOf(error)}.`),
  );
  if ('message' in handle) return handle;
  try {
    const bytes = await readBounded(handle);
    if (bytes === null) return fileFault(path, `the file is larger than ${fileBytesMax / 1024 / 1024} MiB; split it.`);
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    const message =
      error instanceof TypeError ? 'the file is not UTF-8; save it as UTF-8.' : `the file ${reasonOf(error)}.`;
    return fileFault(path, message);
  } finally {
    await handle.close();
  }
}

/**
 * Reads a definitions folder: `.yaml`, `.yml` and `.json`, in subfolders too; other files belong to other readers. Never throws
 * for what it finds there.
 */
export async function loadFolder(folder: string): Promise<FolderContent> {
  const listing: Listing = { folder, paths: [], faults: [] };
  await list(listing, '', 0);
  const { paths, faults } = listing;
  if (paths.length > fileCountMax)
    faults.push(fileFault(folder, `more than ${fileCountMax} definition files; split the folder.`));
  const files: DefinitionFile[] = [];
  let characters = 0;
  for (const path of paths.sort().slice(0, fileCountMax)) {
    const read = await readText(folder, path);
    if ('message' in read) faults.push(read);
    else if (characters + read.text.length > totalBytesMax) {
      faults.push(
        fileFault(path, `the files together are larger than ${totalBytesMax / 1024 / 1024} MiB; split the folder.`),
      );
      break;
    } else {
      characters += read.text.length;
      files.push(read);
    }
  }
  return { folder, files, faults, commit: await commitOf(folder) };
}
