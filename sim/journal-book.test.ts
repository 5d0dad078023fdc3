import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fact, FactId } from '../kernel/fact.ts';
import type { Batch, FactToAppend, Journal } from '../platform/journal/journal.ts';
import { openMemoryJournal } from '../platform/journal/memory.ts';
import { createJournalBook } from './journal-book.ts';

const factOf = (id: string): FactToAppend => ({
  id: id as FactId,
  at: 1,
  type: 'thing.happened',
  subject: `thing/${id}`,
  actor: 'system:test',
  data: { id },
  cause: null,
});

const batchOf = (...ids: readonly string[]): Batch => ({ facts: ids.map(factOf), expected: [] });

/** A journal that says of itself what `lie` makes of its facts. */
const lying = (journal: Journal, lie: (facts: readonly Fact[]) => readonly Fact[]): Journal => ({
  ...journal,
  async *read(options) {
    for await (const page of journal.read(options)) yield lie(page);
  },
});

const setUp = async () => {
  const book = createJournalBook();
  const journal = openMemoryJournal();
  const watched = book.watch(journal);
  await watched.append(batchOf('a', 'b'));
  await watched.append(batchOf('c'));
  return { book, journal, watched };
};

describe('journal book', () => {
  test('journal book: finds nothing in a journal that keeps its word, also when a batch is asked again', async () => {
    const { book, journal, watched } = await setUp();
    await watched.append(batchOf('a', 'b'));
    assert.deepEqual(await book.faultsOf(journal), []);
  });

  test('journal book: finds a lost fact, a half batch, a changed fact and one that nobody asked for', async () => {
    const { book, journal } = await setUp();
    const cases: readonly (readonly [RegExp, (facts: readonly Fact[]) => readonly Fact[]])[] = [
      [/fact 3 was acknowledged and is lost/, (facts) => facts.slice(0, 2)],
      [/batch a is there in part or changed, from its fact 2/, (facts) => facts.slice(0, 1)],
      [/fact 1 was acknowledged as .* and is now/, (facts) => facts.map((fact) => ({ ...fact, actor: 'user:eve' }))],
      [/fact 3 was asked for by nobody/, (facts) => facts.map((fact) => ({ ...fact, id: `${fact.id}x` as FactId }))],
    ];
    for (const [expected, lie] of cases) {
      assert.match((await book.faultsOf(lying(journal, lie))).join('\n'), expected);
    }
  });

  test('journal book: finds a batch that was refused and is there all the same', async () => {
    const { book, journal } = await setUp();
    const refusing: Journal = {
      ...journal,
      append: async (batch) => {
        await journal.append(batch);
        return { outcome: 'no-space', detail: 'full' };
      },
    };
    await book.watch(refusing).append(batchOf('d'));
    assert.match((await book.faultsOf(journal)).join('\n'), /refused \(no-space\) and is there/);
  });

  test('journal book: a batch of unknown outcome may be there or not, but not in part', async () => {
    const { book, journal } = await setUp();
    const broken: Journal = { ...journal, append: () => Promise.reject(new Error('the power went')) };
    await assert.rejects(book.watch(broken).append(batchOf('e', 'f')));
    assert.deepEqual(await book.faultsOf(journal), []);
    await journal.append(batchOf('e', 'f'));
    assert.deepEqual(await book.faultsOf(journal), []);
    const half = lying(journal, (facts) => facts.filter((fact) => fact.id !== ('f' as FactId)));
    assert.match((await book.faultsOf(half)).join('\n'), /batch e is there in part/);
  });
});
