import { type Journal, JournalFailure } from '../platform/journal/journal.ts';

export interface WatchedJournal {
  /** Answers as the journal that was handed in does. */
  readonly journal: Journal;
  /** True once the journal takes no more: every further append would be answered with a failure. */
  readonly isStopped: () => boolean;
}

/**
 * Watches the appends of a journal: after a write whose outcome is not known it may take no more until it is opened again.
 * A server that went on would refuse every command and look healthy.
 * @param onStopped told once
 */
export function watchJournal(journal: Journal, onStopped: (reason: JournalFailure) => void): WatchedJournal {
  let isStopped = false;
  const heed = (failure: unknown): void => {
    if (isStopped || !(failure instanceof JournalFailure) || !failure.isFinal) return;
    isStopped = true;
    onStopped(failure);
  };
  const watched: Journal = {
    async append(batch) {
      try {
        return await journal.append(batch);
      } catch (failure) {
        heed(failure);
        throw failure;
      }
    },
    read: (options) => journal.read(options),
    follow: (after, signal) => journal.follow(after, signal),
    versionOf: (subject) => journal.versionOf(subject),
    head: () => journal.head(),
    verify: (range) => journal.verify(range),
    saveSnapshot: (snapshot) => journal.saveSnapshot(snapshot),
    loadSnapshot: (name) => journal.loadSnapshot(name),
    close: () => journal.close(),
  };
  return { journal: watched, isStopped: () => isStopped };
}
