import { openSqliteJournal } from './sqlite.ts';
import { parcelFact } from './testing.ts';

/**
 * A process that appends until it is killed or its disk is full, and says each acknowledgement on standard output, a line
 * each: `<first fact's id> <number of facts>`. Arguments: the journal's file, appends under way at once, facts of the largest
 * batch, number of batches after which it ends by itself.
 */
const [file = '', lanes = '1', factCountMax = '1', batchCountMax = 'Infinity'] = process.argv.slice(2);
const journal = await openSqliteJournal({ file });
// On a pipe Node writes at once and waits while it is full: what was said before a kill was said.
let batchCount = 0;

async function write(lane: number): Promise<void> {
  while (batchCount < Number(batchCountMax)) {
    batchCount += 1;
    const of = 1 + (batchCount % Number(factCountMax));
    const facts = Array.from({ length: of }, (_, place) => parcelFact(`parcel/lane-${lane}`, { place, of }));
    const result = await journal.append({ facts, expected: [] });
    if (result.outcome !== 'appended') return void process.stdout.write(`${result.outcome}\n`);
    process.stdout.write(`${facts[0]?.id} ${of}\n`);
  }
}

process.stdout.write('open\n');
await Promise.all(Array.from({ length: Number(lanes) }, (_, lane) => write(lane)));
await journal.close();
