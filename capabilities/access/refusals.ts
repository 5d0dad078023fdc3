import type { Fact } from '../../kernel/fact.ts';
import { type Millis, minute } from '../../kernel/time.ts';
import type { WholeFold } from '../../platform/journal/ledger.ts';
import { type AccessDraft, parseRefusalsFact, type RefusalsFact } from './facts.ts';

/** Refusals of one stretch of time, by code. */
export type RefusalWindow = {
  readonly from: Millis;
  readonly to: Millis;
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
};

/** Codes told apart; what comes after is counted as `other`. Codes are ours, so this bounds a mistake, not an attack. */
const codeCountMax = 40;

/** At most one fact in so long, however many are refused: nobody outside can make the journal grow. */
export const flushEveryMs: Millis = minute;

export interface RefusalCounter {
  count(code: string, now: Millis): void;
  /** What was counted, to be written; null when there is nothing, or it is too early. @param isStopping writes what there is */
  due(now: Millis, isStopping: boolean): RefusalWindow | null;
  /** Says that a window was written: it is taken off the count, and later ones stay. */
  written(window: RefusalWindow): void;
}

export function makeRefusalCounter(): RefusalCounter {
  const counts = new Map<string, number>();
  let from: Millis | null = null;
  let writtenAt: Millis | null = null;

  const isTooEarly = (now: Millis): boolean => writtenAt !== null && now < writtenAt + flushEveryMs;
  return {
    count(code, now) {
      const key = counts.has(code) || counts.size < codeCountMax ? code : 'other';
      counts.set(key, (counts.get(key) ?? 0) + 1);
      from ??= now;
    },
    due(now, isStopping) {
      if (from === null || (isTooEarly(now) && !isStopping)) return null;
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      return { from, to: Math.max(now, from), total, counts: Object.fromEntries(counts) };
    },
    written(window) {
      for (const [code, count] of Object.entries(window.counts)) {
        const rest = (counts.get(code) ?? 0) - count;
        if (rest > 0) counts.set(code, rest);
        else counts.delete(code);
      }
      from = counts.size === 0 ? null : window.to;
      writtenAt = window.to;
    },
  };
}

export const refusalsDraft = (window: RefusalWindow): AccessDraft => ({
  type: 'access.refusals-counted',
  subject: 'access/refusals',
  data: window,
});

/** Windows kept for the audit view; older ones are in the journal. */
const windowCountMax = 60;

/** The newest windows, newest first. */
export const refusalsFold: WholeFold<readonly RefusalWindow[], RefusalsFact> = {
  name: 'access-refusals',
  shape: 1,
  initial: [],
  parse: (fact: Fact) => (fact.type === 'access.refusals-counted' ? parseRefusalsFact(fact) : null),
  apply: (windows, fact) => [fact.data, ...windows].slice(0, windowCountMax),
};
