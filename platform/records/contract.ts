import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Records } from './records.ts';

/** A place for records that can be opened again, as after a restart. */
export interface RecordsPlace {
  open(): Records;
  /** False where nothing outlives `close`. */
  readonly isDurable: boolean;
  remove(): void;
}

async function withRecords(
  makePlace: () => RecordsPlace,
  use: (records: Records, place: RecordsPlace) => Promise<void>,
) {
  const place = makePlace();
  const records = place.open();
  try {
    await use(records, place);
  } finally {
    await records.close();
    place.remove();
  }
}

/** What every adapter of records keeps; run by the test of each. */
export function recordsContract(name: string, makePlace: () => RecordsPlace): void {
  describe(`records, ${name}`, () => {
    test('put: what was stored is read back with revision 1', () =>
      withRecords(makePlace, async (records) => {
        assert.equal(await records.put('people', 'usr_1', { name: 'Ana', tags: ['a', null, 1.5] }, 0), 'stored');
        const expected = { key: 'usr_1', body: { name: 'Ana', tags: ['a', null, 1.5] }, revision: 1 };
        assert.deepEqual(await records.get('people', 'usr_1'), expected);
      }));

    test('put: a second writer of revision 0 is refused, and the first text stays', () =>
      withRecords(makePlace, async (records) => {
        await records.put('people', 'usr_1', { name: 'Ana' }, 0);
        assert.equal(await records.put('people', 'usr_1', { name: 'Ben' }, 0), 'conflict');
        assert.deepEqual((await records.get('people', 'usr_1'))?.body, { name: 'Ana' });
      }));

    test('put: names the revision it has seen, or is refused', () =>
      withRecords(makePlace, async (records) => {
        await records.put('people', 'usr_1', { name: 'Ana' }, 0);
        assert.equal(await records.put('people', 'usr_1', { name: 'Anna' }, 1), 'stored');
        assert.equal(await records.put('people', 'usr_1', { name: 'late' }, 1), 'conflict');
        assert.equal(await records.put('people', 'usr_2', { name: 'never there' }, 1), 'conflict');
        assert.deepEqual(await records.get('people', 'usr_1'), { key: 'usr_1', body: { name: 'Anna' }, revision: 2 });
      }));

    test('list: holds one collection only, by key', () =>
      withRecords(makePlace, async (records) => {
        for (const key of ['b', 'a', 'é', 'C']) await records.put('people', key, { key }, 0);
        await records.put('tokens', 'x', {}, 0);
        assert.deepEqual(
          (await records.list('people')).map((record) => record.key),
          ['C', 'a', 'b', 'é'],
        );
        assert.deepEqual(await records.list('nothing'), []);
      }));

    test('erase: says whether something was there, and the key begins again at revision 1', () =>
      withRecords(makePlace, async (records) => {
        await records.put('people', 'usr_1', { name: 'Ana' }, 0);
        await records.put('people', 'usr_1', { name: 'Anna' }, 1);
        assert.equal(await records.erase('people', 'usr_1'), true);
        assert.equal(await records.erase('people', 'usr_1'), false);
        assert.equal(await records.get('people', 'usr_1'), null);
        assert.equal(await records.put('people', 'usr_1', { name: 'Ana' }, 2), 'conflict');
        assert.equal(await records.put('people', 'usr_1', { name: 'Ana' }, 0), 'stored');
        assert.equal((await records.get('people', 'usr_1'))?.revision, 1);
      }));

    test('bodies: a change to what was handed in or out does not reach the store', () =>
      withRecords(makePlace, async (records) => {
        const body = { tags: ['a'] };
        await records.put('people', 'usr_1', body, 0);
        body.tags.push('b');
        const first = await records.get<{ tags: string[] }>('people', 'usr_1');
        first?.body.tags.push('c');
        assert.deepEqual((await records.get('people', 'usr_1'))?.body, { tags: ['a'] });
      }));

    test('keys: quotes, null characters and prototype names are only text', () =>
      withRecords(makePlace, async (records) => {
        for (const key of ["o'brien", '__proto__', 'constructor', '"', 'é\u{1f600}', '']) {
          assert.equal(await records.put('people', key, { key }, 0), 'stored', key);
          assert.deepEqual((await records.get('people', key))?.body, { key });
        }
      }));

    test('close: everything is refused afterwards, and closing twice does nothing', () =>
      withRecords(makePlace, async (records) => {
        await records.close();
        await records.close();
        await assert.rejects(records.get('people', 'usr_1'));
        await assert.rejects(records.list('people'));
        await assert.rejects(records.put('people', 'usr_1', {}, 0));
        await assert.rejects(records.erase('people', 'usr_1'));
      }));

    test('open again: a durable place holds what was stored, and not what was erased', () =>
      withRecords(makePlace, async (records, place) => {
        if (!place.isDurable) return;
        await records.put('people', 'usr_1', { name: 'Ana' }, 0);
        await records.put('people', 'usr_2', { name: 'Ben' }, 0);
        await records.erase('people', 'usr_2');
        await records.close();
        const again = place.open();
        assert.deepEqual(
          (await again.list('people')).map((record) => record.key),
          ['usr_1'],
        );
        await again.close();
      }));
  });
}
