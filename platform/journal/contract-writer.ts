import type { Subject } from '../../kernel/fact.ts';
import type { Journal } from './journal.ts';
import { parcelFact } from './testing.ts';

/**
 * A process that writes: opens the store as it is told, and moves a subject that all writers share on, each time from the version it
 * has read. Arguments: module, argument for its `openForContract`, number of commands.
 */
const [module = '', argument = '', commands = '0'] = process.argv.slice(2);
const { openForContract } = (await import(module)) as { openForContract(argument: string): Promise<Journal> };

const shared: Subject = 'parcel/shared';
const own: Subject = `parcel/of-${process.pid}`;

const journal = await openForContract(argument);
for (let done = 0; done < Number(commands); ) {
  const version = await journal.versionOf(shared);
  const facts = [parcelFact(shared), parcelFact(own)];
  const result = await journal.append({ facts, expected: [{ subject: shared, version }] });
  if (result.outcome === 'appended') done += 1;
}
await journal.close();
