import type { Definitions } from '../platform/definitions/index.ts';
import type { HealthCheck } from '../platform/http/health.ts';
import type { Journal } from '../platform/journal/journal.ts';
import type { Ledger } from '../platform/journal/ledger.ts';
import type { Records } from '../platform/records/records.ts';
import { roomBytesMin } from './host-failure.ts';

export interface HealthParts {
  readonly journal: Journal;
  /** True when the journal takes no more until the next start. */
  readonly isJournalStopped: () => boolean;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly definitions: Definitions;
  /** Bytes that are free on the disk of the data; null where nobody knows. */
  readonly freeBytes: () => number | null;
}

/** How far folding may be behind the journal before the answers are too old to be trusted. */
const behindFactCountMax = 10_000;

/** The reason itself stands in the log: anyone may read this. */
const stoppedWords =
  'a write failed, so nothing more is stored until a restart. What was acknowledged is safe. ' +
  'Look after the disk (the log has the reason), then restart the server';

/** A full disk keeps nobody from reading, but nothing can be stored: no sign-in, no revision. */
function diskState(freeBytes: number | null): { readonly isReady: boolean; readonly why: string } {
  if (freeBytes === null) return { isReady: true, why: 'in memory' };
  const free = `${Math.floor(freeBytes / 1024 ** 2)} MB are free`;
  if (freeBytes >= roomBytesMin) return { isReady: true, why: free };
  return {
    isReady: false,
    why: `full (${free}): nothing can be stored. What was acknowledged is safe and can be read. Free space; no restart is needed`,
  };
}

/** What `/readyz` asks. A fault in the definitions keeps nobody out: what was good before is in force. */
export const healthChecks = ({
  journal,
  isJournalStopped,
  records,
  ledger,
  definitions,
  freeBytes,
}: HealthParts): readonly HealthCheck[] => [
  {
    name: 'journal',
    check: async () => {
      if (isJournalStopped()) return { isReady: false, why: stoppedWords };
      return { isReady: true, why: `reads; its last fact is ${(await journal.head()).seq}` };
    },
  },
  {
    name: 'records',
    check: async () => {
      await records.get('readiness', 'none');
      return { isReady: true, why: 'reads' };
    },
  },
  { name: 'disk', check: async () => diskState(freeBytes()) },
  {
    name: 'folds',
    check: async () => {
      const behind = (await journal.head()).seq - ledger.position();
      return {
        isReady: behind <= behindFactCountMax,
        why: behind <= 0 ? 'everything is folded' : `${behind} facts behind`,
      };
    },
  },
  {
    name: 'definitions',
    check: async () => {
      const faultCount = definitions.faults().length;
      const words =
        faultCount === 0 ? 'no fault' : `${faultCount} faults in the folder; what was good before is in force`;
      return { isReady: true, why: `revision ${definitions.inForce().revision}, ${words}` };
    },
  },
];
