import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, test } from 'node:test';
import { listeningInodes, portHolderOf } from './port-holder.ts';

const table = [
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  '   0: 0100007F:1130 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 777 1 0',
  '   1: 0100007F:1130 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 888 1 0',
  '   2: 0100007F:1131 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 999 1 0',
].join('\n');

describe('port holder', () => {
  test('table: only sockets that listen, only on this port', () => {
    assert.deepEqual(listeningInodes(table, 4400), ['777']);
    assert.deepEqual(listeningInodes(table, 4402), []);
    assert.deepEqual(listeningInodes('', 4400), []);
  });

  const elsewhere = process.platform === 'linux' ? false : 'only Linux tells who holds a port in /proc';
  test('holder: this process, by its number and command', { skip: elsewhere }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const holder = await portHolderOf((server.address() as AddressInfo).port);
    server.close();
    assert.equal(holder?.pid, process.pid);
    assert.match(holder?.command ?? '', /node/);
  });

  test('holder: nobody', async () => {
    assert.equal(await portHolderOf(1), null);
  });
});
