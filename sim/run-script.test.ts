import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { runScript } from './run-script.ts';

const folder = new URL('scripts/', import.meta.url);

const faultOf = async (text: string): Promise<string> => (await runScript(text, 'x.txt')).failure?.message ?? 'none';

describe('scripts', () => {
  for (const file of readdirSync(folder)) {
    test(`scripts: ${file} holds`, async () => {
      const { failure } = await runScript(readFileSync(new URL(file, folder), 'utf8'), file);
      assert.ifError(failure);
    });
  }

  test('scripts: the same script gives the same history', async () => {
    const text = 'at 0s ana joins as admin\nat 1m ana creates token ci as viewer for 1 days\n';
    const [first, again] = [await runScript(text, 'x.txt'), await runScript(text, 'x.txt')];
    assert.equal(first.history.hash, again.history.hash);
  });

  for (const [what, text, expected] of [
    [
      'an answer that is another one',
      'at 0s ana joins as viewer\nat 1m ana applies team harbour\nat 1m expect ana answered 200',
      'x.txt:3:7: expected 200; found 403',
    ],
    ['an answer that has not come', 'at 0s expect ana answered 200', 'x.txt:1:7: expected 200; found nothing yet'],
    ['facts that are not there', 'at 0s expect 1 facts token.created', 'x.txt:1:7: expected 1; found 0'],
    [
      'facts where quiet was expected',
      'at 0s ana joins as viewer\nat 0s expect quiet',
      'x.txt:2:7: expected no new fact; found user.created, user.grant-added, sign-in-link.issued, sign-in-link.used, session.started, user.password-changed, session.started, session.ended',
    ],
    [
      'a service that is not there',
      'at 0s expect service checkout of harbour',
      'x.txt:1:7: expected harbour; found no such service',
    ],
    ['a server that is up', 'at 0s expect server down', 'x.txt:1:7: expected down; found up'],
    [
      'somebody who has not joined',
      'at 0s ana disables ben',
      'x.txt:1:7: expected somebody who has joined; found "ben". Write "ben joins as viewer" before.',
    ],
    [
      'a token that nobody made',
      'at 0s token ci reads services',
      'x.txt:1:7: expected a token that somebody has made; found "ci"',
    ],
  ] as const) {
    test(`scripts: refuses ${what}, with its place`, async () => assert.equal(await faultOf(text), expected));
  }

  test('scripts: refuses a sentence that it does not know before anything is played', async () => {
    await assert.rejects(
      runScript('at 0s ana joyns as viewer', 'x.txt'),
      /x\.txt:1:11: expected .*Did you mean "joins"\?/,
    );
  });
});
