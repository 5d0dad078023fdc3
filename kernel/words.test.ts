import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AssertionFailure, assert as hold, unreachable } from './assert.ts';
import { accept, refuse } from './decision.ts';
import { idOf, nounOf, subjectOf } from './fact.ts';
import { problemOf, problemOfRefusal } from './problem.ts';
import { day, hour, isoOf, minute, wordsOf } from './time.ts';

describe('subject', () => {
  test('is a noun and an id, and the id may hold slashes', () => {
    const subject = subjectOf('definition', 'Service/checkout');
    assert.equal(nounOf(subject), 'definition');
    assert.equal(idOf(subject), 'Service/checkout');
  });
});

describe('time', () => {
  test('a moment is written in UTC with milliseconds', () => {
    assert.equal(isoOf(1_795_229_223_120), '2026-11-21T02:47:03.120Z');
    assert.equal(isoOf(0), '1970-01-01T00:00:00.000Z');
  });

  test('a duration is said in its largest whole unit', () => {
    assert.deepEqual([90 * day, 2 * hour, 14 * minute, 3_000, 120].map(wordsOf), [
      '90 d',
      '2 h',
      '14 min',
      '3 s',
      '120 ms',
    ]);
  });
});

describe('decision', () => {
  test('an acceptance may hold no fact; a refusal holds a code and a sentence', () => {
    assert.deepEqual(accept(), { outcome: 'accepted', facts: [] });
    assert.deepEqual(refuse('token-expired', 'Make a new one.'), {
      outcome: 'refused',
      code: 'token-expired',
      detail: 'Make a new one.',
    });
  });

  test('a refusal becomes a problem document', () => {
    assert.deepEqual(problemOfRefusal(refuse('queue-full', 'Wait.', { limit: 5 }), 429), {
      type: '/problems/queue-full',
      title: 'Queue full',
      status: 429,
      detail: 'Wait.',
      data: { limit: 5 },
    });
    assert.equal(problemOf('not-found', 404, 'x').title, 'Not found');
  });
});

describe('assert', () => {
  test('refuses a broken law in its own words', () => {
    assert.throws(() => hold(false, 'append leaves no gap'), /law broken: append leaves no gap/);
    assert.throws(() => unreachable('x' as never), AssertionFailure);
  });
});
