import { describe, type TestContext, test } from 'node:test';
import { appendLaws, guardLaws, repetitionLaws } from './contract-appends.ts';
import { writerLaws } from './contract-processes.ts';
import { followLaws, handleLaws, readLaws } from './contract-reads.ts';
import type { Case, ContractStore } from './contract-tools.ts';
import { verifyLaws } from './contract-verify.ts';
import type { Journal } from './journal.ts';

/**
 * The laws of `Journal`, for every adapter alike. Several handles stand for several servers; where the store can be opened by
 * other processes, several processes write. Nothing here knows what the store is made of.
 */
export function journalContract(adapter: string, openStore: () => Promise<ContractStore>): void {
  const law = (name: string, run: Case): void => {
    test(name, async (context: TestContext) => {
      const store = await openStore();
      const handles: Journal[] = [];
      const open = async (): Promise<Journal> => {
        const journal = await store.open();
        handles.push(journal);
        return journal;
      };
      context.after(async () => {
        for (const handle of handles) await handle.close();
        await store.dispose();
      });
      await run({ journal: await open(), store, open });
    });
  };
  describe(`journal on ${adapter}`, () => {
    appendLaws(law);
    guardLaws(law);
    repetitionLaws(law);
    readLaws(law);
    followLaws(law);
    verifyLaws(law);
    writerLaws(law);
    handleLaws(law);
  });
}
