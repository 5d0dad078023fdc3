import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createEventParser } from './events.ts';

const parseWhole = (text: string) => createEventParser()(text);

describe('event parser', () => {
  test('an event: id, name and data', () => {
    assert.deepEqual(parseWhole('id: 7\nevent: fact\ndata: {"a":1}\n\n'), [
      { id: '7', event: 'fact', data: '{"a":1}' },
    ]);
  });
  test('several lines of data: are joined', () => {
    assert.equal(parseWhole('data: a\ndata: b\n\n')[0]?.data, 'a\nb');
  });
  test('a comment and an event without data: are no events', () => {
    assert.deepEqual(parseWhole(': still here\n\nevent: fact\n\n'), []);
  });
  test('an unfinished event: waits', () => {
    const parse = createEventParser();
    assert.deepEqual(parse('data: a\n'), []);
    assert.equal(parse('\n')[0]?.data, 'a');
  });
  test('the last id: stays for events without one', () => {
    assert.equal(parseWhole('id: 7\ndata: a\n\ndata: b\n\n')[1]?.id, '7');
  });
  test('wherever the stream is cut: the events are the same', () => {
    const text = 'id: 1\r\nevent: fact\r\ndata: {"a":"b: c"}\r\n\r\n: ping\n\nid: 2\nevent: fact\ndata: x\ndata: y\n\n';
    const whole = parseWhole(text);
    assert.equal(whole.length, 2);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const parse = createEventParser();
        const edges = [0, ...cuts.toSorted((left, right) => left - right), text.length];
        const events = edges.slice(1).flatMap((edge, place) => parse(text.slice(edges[place], edge)));
        assert.deepEqual(events, whole);
      }),
    );
  });
});
