import type { JsonObject } from '../../kernel/json.ts';
import { RecordsFailure } from './failure.ts';
import type { PutResult, Records, Stored } from './records.ts';

interface Row {
  readonly text: string;
  readonly revision: number;
}

/** By bytes of UTF-8, as SQLite orders text. */
const byKey = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

/** Records in memory, for tests and the simulation. Bodies are kept as text, so that nobody shares an object with the store. */
export function openMemoryRecords(): Records {
  const collections = new Map<string, Map<string, Row>>();
  let isOpen = true;

  const rowsOf = (collection: string): Map<string, Row> => {
    if (!isOpen) throw new RecordsFailure('the records are closed');
    const rows = collections.get(collection) ?? new Map<string, Row>();
    collections.set(collection, rows);
    return rows;
  };
  const storedOf = <Body extends JsonObject>(key: string, row: Row): Stored<Body> => ({
    key,
    body: JSON.parse(row.text) as Body,
    revision: row.revision,
  });

  return {
    async get<Body extends JsonObject>(collection: string, key: string): Promise<Stored<Body> | null> {
      const row = rowsOf(collection).get(key);
      return row === undefined ? null : storedOf<Body>(key, row);
    },
    async list<Body extends JsonObject>(collection: string): Promise<readonly Stored<Body>[]> {
      const rows = [...rowsOf(collection)].sort(([left], [right]) => byKey(left, right));
      return rows.map(([key, row]) => storedOf<Body>(key, row));
    },
    async put(collection, key, body, revision): Promise<PutResult> {
      const rows = rowsOf(collection);
      if ((rows.get(key)?.revision ?? 0) !== revision) return 'conflict';
      rows.set(key, { text: JSON.stringify(body), revision: revision + 1 });
      return 'stored';
    },
    async erase(collection, key) {
      return rowsOf(collection).delete(key);
    },
    async close() {
      isOpen = false;
    },
  };
}
