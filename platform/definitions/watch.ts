import { watch } from 'node:fs';
import type { Millis } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';
import { type FolderContent, loadFolder } from './folder.ts';

export interface WatchOptions {
  readonly folder: string;
  readonly clock: Clock;
  /** Takes a content that differs from the last one taken. False, or a throw: it is offered again at the next look. */
  take(content: FolderContent): Promise<boolean>;
  /** What a throw of `take` said; the watch goes on. */
  onError(error: unknown): void;
  readonly timing?: WatchTiming;
}

export interface WatchTiming {
  /** How long the folder must be quiet after a change: an editor's save is several, and a git checkout many. */
  readonly quietMs: Millis;
  /** The folder is looked at that often without being told of a change: network volumes tell nothing. */
  readonly rescanMs: Millis;
}

export const watchTimingDefaults: WatchTiming = { quietMs: 300, rescanMs: 10_000 };

export interface FolderWatch {
  /** Resolves when the first look is taken. */
  readonly ready: Promise<void>;
  /** Looks at the folder now; resolves when what was found is taken. */
  look(): Promise<void>;
  /** Stops; resolves when a look under way has ended. */
  close(): Promise<void>;
}

const sameFaults = (left: FolderContent, right: FolderContent): boolean =>
  left.faults.length === right.faults.length &&
  left.faults.every(
    ({ file, message }, index) => file === right.faults[index]?.file && message === right.faults[index]?.message,
  );

const isSame = (left: FolderContent, right: FolderContent): boolean =>
  left.files.length === right.files.length &&
  sameFaults(left, right) &&
  left.files.every(({ path, text }, index) => path === right.files[index]?.path && text === right.files[index]?.text);

/** Tells of changes below the folder. Where the system cannot, nothing is told and the rescan finds them. */
function tellOfChanges(folder: string, changed: () => void): () => void {
  try {
    const watcher = watch(folder, { recursive: true, persistent: false }, changed);
    // The folder was taken away, or the system ran out of watches.
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

/**
 * Follows a definitions folder. What the system tells is only a reason to look: each look reads the whole folder and compares it
 * with the last one, so that a change that was told twice, late or not at all ends in the same state.
 */
export function watchFolder(options: WatchOptions): FolderWatch {
  const { folder, clock, timing = watchTimingDefaults } = options;
  let taken: FolderContent | undefined;
  let turn: Promise<void> = Promise.resolve();
  let cancelQuiet = (): void => undefined;
  let cancelRescan = (): void => undefined;
  let stopTelling = (): void => undefined;
  let isClosed = false;

  const lookOnce = async (): Promise<void> => {
    if (isClosed) return;
    const content = await loadFolder(folder);
    if (isClosed || (taken !== undefined && isSame(taken, content))) return;
    taken = (await options.take(content)) ? content : undefined;
  };
  const look = (): Promise<void> => {
    turn = turn.then(lookOnce).catch(options.onError);
    return turn;
  };
  const lookWhenQuiet = (): void => {
    cancelQuiet();
    if (!isClosed) cancelQuiet = clock.after(timing.quietMs, () => void look());
  };
  const rescan = (): void => {
    // The watch is laid anew: the one before may have died with a folder that was replaced.
    stopTelling();
    stopTelling = tellOfChanges(folder, lookWhenQuiet);
    const next = (): void => {
      if (!isClosed) cancelRescan = clock.after(timing.rescanMs, rescan);
    };
    void look().then(next);
  };
  rescan();
  return {
    ready: turn,
    look,
    async close() {
      isClosed = true;
      cancelQuiet();
      cancelRescan();
      stopTelling();
      await turn;
    },
  };
}
