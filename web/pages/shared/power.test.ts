import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GrantScope } from '../../wire.ts';
import { endOfDay, reachOf, reachOfText, textOfReach } from './power.ts';

describe('reach', () => {
  test('any scope: survives being a text', () => {
    const scopes: readonly GrantScope[] = [
      { kind: 'all' },
      { kind: 'team', team: 'harbour' },
      { kind: 'service', service: 'check:out' },
    ];
    for (const scope of scopes) assert.deepEqual(reachOfText(textOfReach(scope)), scope);
  });
  test('in words', () => {
    assert.equal(reachOf({ kind: 'team', team: 'harbour' }), 'team harbour');
  });
});

describe('end of a day', () => {
  test('a date: its last millisecond in UTC', () => {
    assert.equal(endOfDay('2026-12-01'), Date.UTC(2026, 11, 1, 23, 59, 59, 999));
  });
  test('no date: is refused', () => {
    for (const text of ['', 'soon', '2026-13-01', '2026-12-01T10:00']) assert.equal(endOfDay(text), null, text);
  });
});
