import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLog } from './log.ts';

describe('log', () => {
  test('line: one JSON object with level, time, fields and message', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', write: (line) => lines.push(line) });
    log('info', { requestId: 'r1', status: 200 }, 'request answered');
    log('error', { err: new Error('disk', { cause: new Error('full') }) }, 'request failed');
    const [answered, failed] = lines.map((line) => JSON.parse(line));
    assert.equal(answered.requestId, 'r1');
    assert.equal(answered.msg, 'request answered');
    assert.ok(answered.time > 0);
    assert.equal(failed.err.message, 'disk: full');
    assert.match(failed.err.stack, /log\.test\.ts/);
  });

  test('line: refuses those below the level', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'error', write: (line) => lines.push(line) });
    log('info', {}, 'quiet');
    assert.deepEqual(lines, []);
  });
});
