import assert from 'node:assert/strict';
import { type Law, one, put, two } from './contract-tools.ts';
import type { Row } from './row.ts';

export function verifyLaws(law: Law): void {
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
