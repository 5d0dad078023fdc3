import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Fact, Subject } from '../../kernel/fact.ts';
import { runWriters } from './contract-processes.ts';
import { type AppendResult, batchFactCountMax, type Journal, JournalFailure, type ReadOptions } from './journal.ts';
import type { Row } from './row.ts';
import { parcelFact } from './testing.ts';

/** One store of facts, and what the suite may do to it. */
export interface ContractStore {
  /** Opens a further handle. The suite closes what it opens. */
  open(): Promise<Journal>;
  /** Replaces all rows behind the journal's back, as somebody with access to the store could. */
  tamper(edit: (rows: readonly Row[]) => readonly Row[]): Promise<void>;
  /** How another process opens this store; null where no other process can. */
  readonly opener: ProcessOpener | null;
  dispose(): Promise<void>;
}

/** A module that exports `openForContract(argument): Promise<Journal>`. */
export interface ProcessOpener {
  readonly module: URL;
  readonly argument: string;
}

const one: Subject = 'parcel/one';
const two: Subject = 'parcel/two';

async function collect(pages: AsyncIterable<readonly Fact[]>): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const page of pages) facts.push(...page);
  return facts;
}

const seqsOf = async (journal: Journal, options: ReadOptions): Promise<readonly number[]> =>
  (await collect(journal.read(options))).map((fact) => fact.seq);

function appended(result: AppendResult): readonly Fact[] {
  assert.equal(result.outcome, 'appended', JSON.stringify(result));
  return result.outcome === 'appended' ? result.facts : [];
}

const put = async (journal: Journal, ...subjects: readonly Subject[]): Promise<readonly Fact[]> =>
  appended(
    await journal.append({ facts: subjects.map((subject) => parcelFact(subject, { of: subject })), expected: [] }),
  );

type Case = (handles: {
  readonly journal: Journal;
  readonly store: ContractStore;
  open(): Promise<Journal>;
}) => Promise<void>;

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

type Law = (name: string, run: Case) => void;

function appendLaws(law: Law): void {
  law('append: facts are numbered without a gap, and so are those of a subject', async ({ journal }) => {
    const facts = [...(await put(journal, one, two, one)), ...(await put(journal, one))];
    assert.deepEqual(
      facts.map((fact) => [fact.seq, fact.subject, fact.version]),
      [
        [1, one, 1],
        [2, two, 1],
        [3, one, 2],
        [4, one, 3],
      ],
    );
  });

  law('append: what is answered is what is read', async ({ journal }) => {
    const data = { text: 'ünïcode 🚢 "quoted"\n\u0000', list: [1, 2.5, null, { deep: [] }], b: true, a: -1e-7 };
    const fact = { ...parcelFact(one, data), cause: 'request:req_1', actor: 'user:usr_1' } as const;
    const facts = appended(await journal.append({ facts: [fact], expected: [] }));
    assert.deepEqual(facts, [{ ...fact, seq: 1, version: 1 }]);
    assert.deepEqual(await collect(journal.read({ after: 0 })), facts);
  });

  law('append: the largest batch stands together', async ({ journal }) => {
    const batch = Array.from({ length: batchFactCountMax }, () => one);
    const [facts] = await Promise.all([put(journal, ...batch), put(journal, two), put(journal, two)]);
    assert.equal((facts.at(-1)?.seq ?? 0) - (facts[0]?.seq ?? 0), batchFactCountMax - 1);
  });

  law('append: an empty batch, and one that is too long, are bugs', async ({ journal }) => {
    await assert.rejects(put(journal), /a batch has 1 to 10000 facts, found 0/);
    const many = Array.from({ length: batchFactCountMax + 1 }, () => one);
    await assert.rejects(put(journal, ...many), /found 10001/);
    assert.equal((await journal.head()).seq, 0);
  });

  law('append: what is no fact is a bug, and nothing of its batch is kept', async ({ journal }) => {
    const good = parcelFact(one);
    const bad = [
      { ...good, subject: 'parcel' },
      { ...good, type: 'Parcel Moved' },
      { ...good, actor: 'ana' },
      { ...good, at: 1.5 },
      { ...good, cause: 'because' },
      { ...good, data: { weight: Number.NaN } },
      { ...good, data: { weight: undefined } },
      { ...good, data: { when: new Date(0) } },
    ];
    for (const fact of bad) {
      const facts = [parcelFact(two), fact as typeof good];
      await assert.rejects(journal.append({ facts, expected: [] }), { name: 'AssertionFailure' });
    }
    assert.equal((await journal.head()).seq, 0);
  });
}

function guardLaws(law: Law): void {
  law('guard: an append that expects the wrong version is refused, all of it', async ({ journal }) => {
    await put(journal, one);
    const facts = [parcelFact(two), parcelFact(one)];
    const result = await journal.append({ facts, expected: [{ subject: one, version: 0 }] });
    assert.deepEqual(result, { outcome: 'version-conflict', subject: one, expected: 0, found: 1 });
    assert.equal((await journal.head()).seq, 1);
    assert.equal(await journal.versionOf(two), 0);
  });

  law('guard: several subjects are guarded by one append, also those it adds nothing to', async ({ journal }) => {
    await put(journal, one, two);
    const expected = [
      { subject: one, version: 1 },
      { subject: two, version: 1 },
    ];
    appended(await journal.append({ facts: [parcelFact(one)], expected }));
    await put(journal, two);
    const result = await journal.append({
      facts: [parcelFact(one)],
      expected: [{ subject: one, version: 2 }, ...expected.slice(1)],
    });
    assert.deepEqual(result, { outcome: 'version-conflict', subject: two, expected: 1, found: 2 });
  });

  law('guard: of appends that expect the same version at the same moment, one wins', async ({ journal, open }) => {
    const handles = [journal, await open(), await open()];
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        handles[index % 3]?.append({ facts: [parcelFact(one)], expected: [{ subject: one, version: 0 }] }),
      ),
    );
    assert.equal(results.filter((result) => result?.outcome === 'appended').length, 1);
    assert.equal(await journal.versionOf(one), 1);
  });

  law('guard: nobody loses a change when all of them read, expect and try again', async ({ journal, open }) => {
    const handles = [journal, await open(), await open()];
    const increase = async (handle: Journal): Promise<void> => {
      for (;;) {
        const version = await handle.versionOf(one);
        const result = await handle.append({ facts: [parcelFact(one)], expected: [{ subject: one, version }] });
        if (result.outcome === 'appended') return;
        assert.equal(result.outcome, 'version-conflict');
      }
    };
    await Promise.all(
      handles.map(async (handle) => {
        for (let round = 0; round < 10; round += 1) await increase(handle);
      }),
    );
    assert.equal(await journal.versionOf(one), 30);
  });
}

function repetitionLaws(law: Law): void {
  law('repetition: a batch asked again is answered with its facts and not doubled', async ({ journal, open }) => {
    const facts = [parcelFact(one), parcelFact(two)];
    const batch = { facts, expected: [{ subject: one, version: 0 }] };
    const first = appended(await journal.append(batch));
    await put(journal, one);
    assert.deepEqual(appended(await journal.append(batch)), first);
    assert.deepEqual(appended(await (await open()).append(batch)), first);
    assert.equal((await journal.head()).seq, 3);
  });

  law('repetition: the same batch asked twice at the same moment is appended once', async ({ journal, open }) => {
    const batch = { facts: [parcelFact(one), parcelFact(two)], expected: [] };
    const other = await open();
    const results = await Promise.all([journal.append(batch), journal.append(batch), other.append(batch)]);
    for (const result of results) assert.deepEqual(result, results[0]);
    assert.equal((await journal.head()).seq, 2);
  });

  law('repetition: an id that was used in another batch is a bug', async ({ journal }) => {
    const fact = parcelFact(one);
    appended(await journal.append({ facts: [fact], expected: [] }));
    const other = { facts: [fact, parcelFact(two)], expected: [] };
    await assert.rejects(journal.append(other), /a batch asked again has the facts it had before/);
    await assert.rejects(journal.append({ facts: [parcelFact(two), fact], expected: [] }), Error);
    assert.equal((await put(journal, two)).at(0)?.seq, 2);
  });
}

function readLaws(law: Law): void {
  law('read: by position, to a position, backwards, at most so many', async ({ journal }) => {
    await put(journal, one, two, one, two, one);
    assert.deepEqual(await seqsOf(journal, { after: 0 }), [1, 2, 3, 4, 5]);
    assert.deepEqual(await seqsOf(journal, { after: 2, upTo: 4 }), [3, 4]);
    assert.deepEqual(await seqsOf(journal, { after: 0, backwards: true }), [5, 4, 3, 2, 1]);
    assert.deepEqual(await seqsOf(journal, { after: 1, upTo: 4, backwards: true, limit: 2 }), [4, 3]);
    assert.deepEqual(await seqsOf(journal, { after: 0, limit: 0 }), []);
    assert.deepEqual(await seqsOf(journal, { after: 5 }), []);
    assert.deepEqual(await seqsOf(journal, { after: 9, upTo: 99 }), []);
  });

  law('read: the facts of one subject', async ({ journal }) => {
    await put(journal, one, two, one, two, one);
    assert.deepEqual(await seqsOf(journal, { after: 0, subject: one }), [1, 3, 5]);
    assert.deepEqual(await seqsOf(journal, { after: 1, upTo: 4, subject: one }), [3]);
    assert.deepEqual(await seqsOf(journal, { after: 0, subject: one, backwards: true, limit: 2 }), [5, 3]);
    assert.deepEqual(await seqsOf(journal, { after: 0, subject: 'parcel/none' }), []);
  });

  law('read: a long journal comes in pages, each fact once', async ({ journal }) => {
    await put(journal, ...Array.from({ length: 3_500 }, (_, index): Subject => `parcel/${index % 7}`));
    let pageCount = 0;
    const seqs: number[] = [];
    for await (const page of journal.read({ after: 0, backwards: true })) {
      pageCount += 1;
      seqs.push(...page.map((fact) => fact.seq));
    }
    assert.ok(pageCount > 1);
    assert.deepEqual(
      seqs.reverse(),
      Array.from({ length: 3_500 }, (_, index) => index + 1),
    );
    assert.equal((await seqsOf(journal, { after: 0, subject: 'parcel/3' })).length, 500);
  });
}

function followLaws(law: Law): void {
  law('follow: what is there, then what comes, in order, from every handle', async ({ journal, open }) => {
    const other = await open();
    await put(journal, one, one);
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const page of journal.follow(1, stop.signal)) {
      assert.ok(page.length > 0);
      seen.push(...page.map((fact) => fact.seq));
      if (seen.length === 1) void put(other, two);
      if (seen.length === 2) void put(journal, one, two);
      if (seen.length === 4) stop.abort();
    }
    assert.deepEqual(seen, [2, 3, 4, 5]);
  });

  law('follow: several follow at once and miss nothing', async ({ journal, open }) => {
    const handles = [journal, await open()];
    const stop = new AbortController();
    const followers = handles.map(async (handle) => {
      const seen: number[] = [];
      for await (const page of handle.follow(0, stop.signal)) {
        seen.push(...page.map((fact) => fact.seq));
        if (seen.length === 100) return seen;
      }
      return seen;
    });
    for (let round = 0; round < 50; round += 1) await Promise.all(handles.map((handle) => put(handle, one)));
    const expected = Array.from({ length: 100 }, (_, index) => index + 1);
    for (const seen of await Promise.all(followers)) assert.deepEqual(seen, expected);
  });

  law('follow: ends when told, and when the journal closes', async ({ journal, open }) => {
    const stop = new AbortController();
    const ends = [
      collect(journal.follow(0, stop.signal)),
      collect((await open()).follow(0, new AbortController().signal)),
    ];
    stop.abort();
    assert.deepEqual(await ends[0], []);
    const closing = await open();
    const closed = collect(closing.follow(0, new AbortController().signal));
    await closing.close();
    assert.deepEqual(await closed, []);
  });
}

function verifyLaws(law: Law): void {
  const changed: readonly (readonly [string, (rows: readonly Row[]) => readonly Row[], number, RegExp])[] = [
    [
      'a changed text',
      (rows) =>
        rows.map((row) => (row.seq === 3 ? { ...row, text: row.text.replace('system:test', 'system:fest') } : row)),
      3,
      /fact 3 was changed/,
    ],
    [
      'a text that is no text any more',
      (rows) => rows.map((row) => (row.seq === 3 ? { ...row, text: row.text.slice(0, 20) } : row)),
      3,
      /not readable/,
    ],
    [
      'a changed column',
      (rows) => rows.map((row) => (row.seq === 3 ? { ...row, subject: 'parcel/gone' } : row)),
      3,
      /column subject of fact 3 was changed to "parcel\/gone": its text says "parcel\/one"/,
    ],
    ['a removed fact', (rows) => rows.filter((row) => row.seq !== 3), 3, /fact 3 is missing: fact 4 follows fact 2/],
    ['the first fact removed', (rows) => rows.slice(1), 1, /fact 1 is missing/],
    ['the last fact removed', (rows) => rows.slice(0, -1), 5, /fact 5 is missing: the journal went on to fact 5/],
    ['all facts removed', () => [], 1, /fact 1 is missing/],
    [
      'a fact put in',
      (rows) =>
        rows.flatMap((row) => {
          const later = row.seq >= 3 ? { ...row, seq: row.seq + 1, version: row.version + 10 } : row;
          return row.seq === 3 ? [{ ...row, id: 'fct_forged', version: 9 }, later] : [later];
        }),
      3,
      /column id of fact 3 was changed|fact 3 was changed or put in/,
    ],
    [
      'a fact put in at the end',
      (rows) => [...rows, ...rows.slice(-1).map((row) => ({ ...row, seq: 6, id: 'fct_forged', version: 9 }))],
      6,
      /fact 6 was put in: the journal ends at fact 5/,
    ],
    [
      'a last fact changed together with its hash',
      (rows) => rows.map((row) => (row.seq === 5 ? { ...row, hash: '0'.repeat(64) } : row)),
      5,
      /fact 5/,
    ],
  ];
  for (const [what, edit, seq, detail] of changed) {
    law(`verify: names ${what}`, async ({ journal, store }) => {
      const facts = await put(journal, one, two, one, two, one);
      assert.equal((await journal.verify()).fault, null);
      await store.tamper(edit);
      const { fault } = await journal.verify();
      assert.equal(fault?.seq, seq);
      assert.match(fault?.detail ?? '', detail);
      const subject = facts[seq - 1]?.subject;
      if (fault?.id !== '' && !what.includes('put in') && !what.includes('column'))
        assert.equal(fault?.subject, subject);
    });
  }

  law('verify: an empty journal, a whole one, and a range', async ({ journal }) => {
    assert.deepEqual(await journal.verify(), { factsChecked: 0, head: { seq: 0, hash: '0'.repeat(64) }, fault: null });
    await put(journal, one, two, one);
    const whole = await journal.verify();
    assert.deepEqual(whole, { factsChecked: 3, head: await journal.head(), fault: null });
    const range = await journal.verify({ after: 1, upTo: 2 });
    assert.deepEqual([range.factsChecked, range.head.seq, range.fault], [1, 2, null]);
    assert.deepEqual((await journal.verify({ after: 2, upTo: 9 })).head, whole.head);
  });

  law('verify: finds nothing wrong while others append', async ({ journal, open }) => {
    const other = await open();
    const writing = (async () => {
      for (let round = 0; round < 30; round += 1) await put(other, one, two);
    })();
    for (let round = 0; round < 10; round += 1) assert.equal((await journal.verify()).fault, null);
    await writing;
    assert.equal((await journal.verify()).factsChecked, 60);
  });
}

function writerLaws(law: Law): void {
  law('writers: several processes append, no fact is lost, doubled or out of order', async ({ journal, store }) => {
    if (store.opener === null) return;
    const counts = { processes: 3, commands: 60 };
    await runWriters(store.opener, counts);
    assert.equal(await journal.versionOf('parcel/shared'), counts.processes * counts.commands);
    const facts = await collect(journal.read({ after: 0 }));
    assert.deepEqual(
      facts.map((fact) => fact.seq),
      facts.map((_, index) => index + 1),
    );
    assert.equal(new Set(facts.map((fact) => fact.id)).size, facts.length);
    assert.equal((await journal.verify()).fault, null);
  });

  law('writers: a process follows what another appends', async ({ journal, store }) => {
    if (store.opener === null) return;
    const stop = new AbortController();
    const written = runWriters(store.opener, { processes: 1, commands: 20 });
    let last = 0;
    for await (const page of journal.follow(0, stop.signal)) {
      assert.equal(page[0]?.seq, last + 1);
      last = page.at(-1)?.seq ?? last;
      if (last === 40) stop.abort();
    }
    await written;
  });
}

function handleLaws(law: Law): void {
  law(
    'handle: what one appends, another reads at once, and one that is opened later too',
    async ({ journal, open }) => {
      const other = await open();
      const facts = await put(journal, one);
      assert.deepEqual(await collect(other.read({ after: 0 })), facts);
      assert.deepEqual(await other.head(), await journal.head());
      await journal.close();
      assert.deepEqual(await collect((await open()).read({ after: 0 })), facts);
    },
  );

  law('handle: closing answers what is under way, then refuses', async ({ journal, open }) => {
    const underWay = Promise.all([put(journal, one), put(journal, two)]);
    await journal.close();
    await journal.close();
    assert.equal((await underWay).flat().length, 2);
    await assert.rejects(put(journal, one), JournalFailure);
    await assert.rejects(journal.head(), /the journal is closed/);
    assert.equal((await (await open()).head()).seq, 2);
  });

  law('snapshot: the newest of a name is kept', async ({ journal, open }) => {
    const snapshot = { name: 'parcels', shape: 1, seq: 3, body: new TextEncoder().encode('{"ünï":1}') };
    assert.equal(await journal.loadSnapshot('parcels'), null);
    await journal.saveSnapshot({ ...snapshot, seq: 2, body: new Uint8Array() });
    await journal.saveSnapshot(snapshot);
    await journal.saveSnapshot({ ...snapshot, name: 'other' });
    const found = await (await open()).loadSnapshot('parcels');
    assert.deepEqual({ ...found, body: Buffer.from(found?.body ?? []).toString() }, { ...snapshot, body: '{"ünï":1}' });
  });
}
