import { setImmediate as breathe } from 'node:timers/promises';
import type { Seq } from '../../kernel/fact.ts';
import { genesis, walkChain } from './chain.ts';
import { type Head, type Journal, JournalFailure, type Verification } from './journal.ts';
import type { Row } from './row.ts';
import { SqliteReader } from './sqlite-reader.ts';
import { formatOf, openToLook, refuseFormat } from './sqlite-schema.ts';

/** A journal to look at: it takes nothing, and looking changes nothing of it. */
export type JournalReading = Pick<Journal, 'head' | 'read' | 'verify' | 'close'>;

/**
 * Opens the journal of a SQLite file for looking only, beside its server or without one: no thread, no table made, nothing
 * written into the file or beside it.
 * @throws what SQLite says of a file that is damaged, no database, or holds no journal
 */
export function openSqliteReading(file: string): JournalReading {
  const database = openToLook(file);
  try {
    refuseFormat(file, formatOf(database));
  } catch (fault) {
    database.close();
    throw fault;
  }
  const reader = new SqliteReader(database);
  return {
    head: async () => reader.head(),
    async *read(options) {
      for (const page of reader.pages(options)) {
        yield page;
        await breathe();
      }
    },
    verify: (range) => verifyRows(reader, range),
    close: async () => reader.close(),
  };
}

/** Walks the chain that a reader sees, of a range or all. @param assertOpen throws when the reader was closed meanwhile */
export async function verifyRows(
  reader: SqliteReader,
  range: { readonly after: Seq; readonly upTo: Seq } | undefined,
  assertOpen: () => void = () => undefined,
): Promise<Verification> {
  const { head, stray } = reader.headAndStray();
  const isWhole = range === undefined || range.upTo >= head.seq;
  const after = range?.after ?? 0;
  const end = isWhole ? head : { seq: range.upTo, hash: null };
  return walkChain({
    from: headAt(reader, after),
    pages: rowPages(reader, after, end.seq, assertOpen),
    end,
    stray: isWhole ? stray : null,
  });
}

function headAt(reader: SqliteReader, seq: Seq): Head {
  if (seq === 0) return genesis;
  const [row] = reader.rowsAfter(seq - 1, seq);
  if (row === undefined) throw new JournalFailure(`fact ${seq} is missing: verify the journal from its start`);
  return { seq, hash: row.hash };
}

async function* rowPages(
  reader: SqliteReader,
  after: Seq,
  upTo: Seq,
  assertOpen: () => void,
): AsyncGenerator<readonly Row[]> {
  for (let rows = reader.rowsAfter(after, upTo); rows.length > 0; ) {
    yield rows;
    await breathe();
    assertOpen();
    rows = reader.rowsAfter(rows.at(-1)?.seq ?? upTo, upTo);
  }
}
