import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { exitCodes } from './exit-codes.ts';
import { exampleOps, plimsoll, startServerHere, temporaryFolder, writeFiles } from './testing.ts';

const team = (name: string): string => `apiVersion: plimsoll/v1\nkind: Team\nmetadata: { name: ${name} }\nspec: {}\n`;
const at = (server: { readonly data: string }): string[] => ['--data', server.data];

describe('plimsoll', () => {
  test('help and version need nothing; an unknown command names the nearest', async () => {
    const [help, version, wrong] = await Promise.all([
      plimsoll(['--help']),
      plimsoll(['--version']),
      plimsoll(['aply']),
    ]);
    assert.match(help.out, /Commands[\s\S]*serve[\s\S]*doctor/);
    assert.match(version.out, /^\d+\.\d+\.\d+$/);
    assert.equal(wrong.code, exitCodes.usage);
    assert.match(wrong.error, /"aply" is no command\. Did you mean "apply"\?/);
  });

  test('check: good definitions are counted, exit code 0', async () => {
    const ran = await plimsoll(['check', exampleOps, '--json']);
    assert.equal(ran.code, exitCodes.done);
    const answer = JSON.parse(ran.out);
    assert.deepEqual(answer.faults, []);
    assert.ok(answer.documents >= 4);
  });

  test('check: a fault has file, line, column and what was meant, exit code 1', async (t) => {
    const folder = temporaryFolder(t);
    writeFiles(folder, {
      'teams.yaml': `${team('harbour')}---\napiVersion: plimsoll/v1\nkind: Taem\nmetadata: { name: x }\nspec: {}\n`,
    });
    const ran = await plimsoll(['check', folder]);
    assert.equal(ran.code, exitCodes.faults);
    assert.match(ran.out, /^teams\.yaml:7:7: .*Did you mean "Team"/m);
    assert.match(ran.out, /^1 document in 1 file, 1 fault\.$/m);
  });

  test('check: a file name cannot steer the terminal, nor begin a line of its own', async (t) => {
    const folder = temporaryFolder(t);
    writeFiles(folder, { 'a\u001b[31m\n0 faults.yaml': 'x: [' });
    const ran = await plimsoll(['check', folder]);
    assert.match(ran.out, /^a\\u001b\[31m\\u000a0 faults\.yaml:1:5: /);
  });

  test('check: an empty folder and a missing one are refused with the next step', async (t) => {
    const empty = await plimsoll(['check', temporaryFolder(t)]);
    assert.equal(empty.code, exitCodes.unavailable);
    assert.match(empty.error, /holds no definitions; expected files/);
    const missing = await plimsoll(['check', join(temporaryFolder(t), 'nowhere')]);
    assert.equal(missing.code, exitCodes.unavailable);
    assert.match(missing.error, /nowhere: the folder is not there\./);
  });

  test('commands without a server say how to start one', async (t) => {
    const ran = await plimsoll(['apply', exampleOps, '--data', join(temporaryFolder(t), 'none')]);
    assert.equal(ran.code, exitCodes.unavailable);
    assert.match(ran.error, /no server is running on the data folder .*Start one with npm start/);
  });

  test('a server that is none is told apart', async (t) => {
    const other = createServer((_request, response) => response.end('<html>hello')).listen(0, '127.0.0.1');
    t.after(() => other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const ran = await plimsoll(['diff', exampleOps], { PLIMSOLL_URL: url, PLIMSOLL_TOKEN: 'plt_x' });
    assert.equal(ran.code, exitCodes.unavailable);
    assert.match(ran.error, /does not answer like Plimsoll/);
  });

  test('apply, diff, apply again, prune: on a real server', async (t) => {
    const server = await startServerHere(t);
    const first = await plimsoll(['apply', exampleOps, ...at(server)]);
    assert.equal(first.code, exitCodes.done, first.error);
    assert.match(first.out, /\+ Team payments {2}\(catalog\/teams\.yaml\)[\s\S]*Revision 1 is in force, \d+ changes\./);
    const again = await plimsoll(['apply', exampleOps, ...at(server)]);
    assert.match(again.out, /Nothing changed; revision 1 is in force/);

    const folder = temporaryFolder(t);
    writeFiles(folder, { 'teams.yaml': team('harbour') });
    const diff = await plimsoll(['diff', folder, ...at(server), '--prune', '--json']);
    const { changes } = JSON.parse(diff.out) as { changes: { change: string; name: string }[] };
    assert.ok(changes.some((one) => one.change === 'added' && one.name === 'harbour'));
    assert.ok(changes.some((one) => one.change === 'removed' && one.name === 'checkout'));
    const pruned = await plimsoll(['apply', folder, ...at(server), '--prune']);
    assert.match(pruned.out, /- Service checkout/);
  });

  test('apply: with one fault nothing is in force, exit code 1', async (t) => {
    const server = await startServerHere(t);
    const folder = temporaryFolder(t);
    writeFiles(folder, { 'good.yaml': team('harbour'), 'bad.yaml': 'kind: [' });
    const ran = await plimsoll(['apply', folder, ...at(server)]);
    assert.equal(ran.code, exitCodes.faults);
    assert.match(ran.error, /bad\.yaml:1:\d+/);
    const after = await plimsoll(['diff', exampleOps, ...at(server), '--prune', '--json']);
    assert.ok(!JSON.parse(after.out).changes.some((one: { change: string }) => one.change === 'removed'));
  });

  test('token: a viewer may look and not apply; revoked it may nothing', async (t) => {
    const server = await startServerHere(t);
    const created = await plimsoll([
      'token',
      'create',
      '--role',
      'viewer',
      '--title',
      'from a test',
      '--json',
      ...at(server),
    ]);
    assert.equal(created.code, exitCodes.done, created.error);
    const { id, secret } = JSON.parse(created.out) as { id: string; secret: string };
    const asViewer = { PLIMSOLL_URL: server.url, PLIMSOLL_TOKEN: secret };
    assert.equal((await plimsoll(['diff', exampleOps], asViewer)).code, exitCodes.done);
    const refused = await plimsoll(['apply', exampleOps], asViewer);
    assert.equal(refused.code, exitCodes.forbidden);
    assert.match(refused.error, /definitions\.apply/);
    assert.equal((await plimsoll(['token', 'revoke', id, ...at(server)])).code, exitCodes.done);
    assert.equal((await plimsoll(['diff', exampleOps], asViewer)).code, exitCodes.forbidden);
  });

  test('token: a role that is none, and days that are none, are refused before anything is asked', async () => {
    assert.match((await plimsoll(['token', 'create', '--role', 'root'])).error, /--role is "root"; expected viewer/);
    assert.match((await plimsoll(['token', 'create', '--expires-in-days', '0'])).error, /whole number of days from 1/);
    assert.match((await plimsoll(['token', 'steal'])).error, /expected create or revoke/);
  });

  test('sign-in: prints a link that works once', async (t) => {
    const server = await startServerHere(t);
    const ran = await plimsoll(['sign-in', ...at(server)]);
    assert.equal(ran.code, exitCodes.done, ran.error);
    const code = new URL(ran.out.trim()).hash.replace('#code=', '');
    const use = (): Promise<Response> =>
      fetch(new URL('/api/v1/session/link', server.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ code }),
      });
    const first = await use();
    assert.equal(first.status, 200);
    const cookie = first.headers.get('set-cookie') ?? '';
    for (const part of ['plimsoll_session=', 'HttpOnly', 'SameSite=Strict']) assert.ok(cookie.includes(part), part);
    assert.equal((await use()).status, 401);
  });

  test('sign-in: over SSH the tunnel is told as well', async (t) => {
    const server = await startServerHere(t);
    const ran = await plimsoll(['sign-in', ...at(server)], {
      SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22',
      USER: 'ana',
    });
    const port = new URL(server.url).port;
    assert.match(ran.error, new RegExp(`ssh -L ${port}:127\\.0\\.0\\.1:${port} ana@`));
  });
});
