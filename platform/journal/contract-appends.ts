import assert from 'node:assert/strict';
import { appended, collect, type Law, one, put, two } from './contract-tools.ts';
import { batchFactCountMax, type Journal } from './journal.ts';
import { parcelFact } from './testing.ts';

export function appendLaws(law: Law): void {
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

export function guardLaws(law: Law): void {
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

export function repetitionLaws(law: Law): void {
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
