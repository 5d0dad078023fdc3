import type { Definitions } from '../platform/definitions/index.ts';
import type { HealthCheck } from '../platform/http/health.ts';
import type { Journal } from '../platform/journal/journal.ts';
import type { Ledger } from '../platform/journal/ledger.ts';
import type { Records } from '../platform/records/records.ts';

export interface HealthParts {
  readonly journal: Journal;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly definitions: Definitions;
}

/** How far folding may be behind the journal before the answers are too old to be trusted. */
const behindFactCountMax = 10_000;

/** What `/readyz` asks. A fault in the definitions keeps nobody out: what was good before is in force. */
export const healthChecks = ({ journal, records, ledger, definitions }: HealthParts): readonly HealthCheck[] => [
  {
    name: 'journal',
    check: async () => ({ isReady: true, why: `reads; its last fact is ${(await journal.head()).seq}` }),
  },
  {
    name: 'records',
    check: async () => {
      await records.get('readiness', 'none');
      return { isReady: true, why: 'reads' };
    },
  },
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
