import assert from 'node:assert/strict';
import type { Subject } from '../../kernel/fact.ts';
import { collect, type Law, one, put, seqsOf, two } from './contract-tools.ts';
import { JournalFailure } from './journal.ts';

export function readLaws(law: Law): void {
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

export function followLaws(law: Law): void {
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

export function handleLaws(law: Law): void {
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
