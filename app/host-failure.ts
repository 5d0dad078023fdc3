import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandFailure } from './command.ts';
import { exitCodes } from './exit-codes.ts';

/** Primary result codes of SQLite. https://www.sqlite.org/rescode.html */
const sqliteWords: Readonly<Record<number, string>> = {
  5: 'another process holds it. Wait until that is done, then try again',
  8: 'it cannot be written: the file or its disk is read-only. Give this user the right to write, or mount it for writing',
  10: 'the disk failed to read or write it. Look at the system log (dmesg), and move to another disk',
  11: 'it is damaged. Keep a copy of it for later, then put a backup in its place: plimsoll restore DIR',
  13: 'the disk is full. Free space, then try again',
  14: 'it cannot be opened. Look whether its folder is there, and whether this user may read and write it',
  26: 'it is no database: something else was written over it. Put a backup in its place: plimsoll restore DIR',
};

/** Codes of the operating system, errno(3). */
const systemWords: Readonly<Record<string, string>> = {
  EACCES: 'this user does not have the right. Change its owner or its mode, or run as its owner',
  EBUSY: 'it is in use by the system, such as a mount point. Name a folder below it',
  EDQUOT: 'the quota of this user is used up. Free space, then try again',
  EEXIST: 'something of that name is there already. Name another',
  EIO: 'the disk failed. Look at the system log (dmesg), and move to another disk',
  EISDIR: 'it is a folder; expected a file',
  ELOOP: 'its links lead in a circle. Name the folder itself',
  EMFILE: 'this process has too many files open. Raise the limit (ulimit -n)',
  ENAMETOOLONG: 'the name is too long. Choose a shorter one',
  ENOENT: 'it is not there',
  ENOSPC: 'the disk is full. Free space, then try again',
  ENOTDIR: 'a part of the path is a file; expected a folder',
  EPERM: 'the system does not allow it to this user. Run as its owner',
  EROFS: 'its disk is mounted read-only. Mount it for writing, or name another place',
  EXDEV: 'it lies on another disk. Name a place on the same one',
};

interface HostError {
  readonly message: string;
  readonly code?: unknown;
  readonly errcode?: unknown;
  readonly path?: unknown;
}

const causeDepthMax = 8;

function* chainOf(failure: unknown): Generator<HostError> {
  let next = failure;
  for (let depth = 0; next instanceof Error && depth < causeDepthMax; depth += 1) {
    yield next;
    next = next.cause;
  }
}

function wordsOf({ code, errcode }: HostError): string | undefined {
  // The extended code holds the primary one in its low byte.
  if (typeof errcode === 'number') return sqliteWords[errcode & 0xff];
  return typeof code === 'string' ? systemWords[code] : undefined;
}

/**
 * What the operating system or SQLite says no to, as a sentence with the next step: that is no fault of the program.
 * @param place the file or folder, where the error itself does not name it
 * @returns null for anything else
 */
export function wordsOfHostFailure(failure: unknown, place?: string): string | null {
  for (const link of chainOf(failure)) {
    const words = wordsOf(link);
    if (words === undefined) continue;
    const where = typeof link.path === 'string' ? link.path : place;
    return where === undefined ? `${link.message}: ${words}` : `${where}: ${words} (${link.message})`;
  }
  return null;
}

/** Below this nothing is stored any more: a database grows by whole pages, and its log by more. */
export const roomBytesMin = 128 * 1024;

/** Bytes that this user may still write beside a file or in a folder; null where the system does not tell. */
export function freeBytesOf(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

const sqliteIoError = 10;

/** SQLite calls it a failure of the disk when its shared memory, which is a file too, cannot grow. */
const isShortOfRoom = (failure: unknown, place: string): boolean =>
  [...chainOf(failure)].some(({ errcode }) => typeof errcode === 'number' && (errcode & 0xff) === sqliteIoError) &&
  (freeBytesOf(dirname(place)) ?? roomBytesMin) < roomBytesMin;

/** Does some work with a file or folder; where the machine says no, the command ends with its words. */
export async function withPlace<Value>(place: string, work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    const words = isShortOfRoom(cause, place) ? `${place}: ${systemWords.ENOSPC}` : wordsOfHostFailure(cause, place);
    if (words === null) throw cause;
    throw new CommandFailure(exitCodes.unavailable, words, { cause });
  }
}
