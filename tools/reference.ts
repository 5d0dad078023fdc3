/** Writes docs/reference/ from the code: `npm run reference`. A test fails while it is out of date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from '../app/app.ts';
import { commands } from '../app/commands/index.ts';
import { commandLineReference } from '../app/reference.ts';
import { permissionTable } from '../capabilities/access/index.ts';
import { realChance } from '../platform/edge/chance.ts';
import { realClock } from '../platform/edge/clock.ts';
import { realHashing } from '../platform/edge/hashing-real.ts';
import { openMemoryJournal } from '../platform/journal/memory.ts';
import { openMemoryRecords } from '../platform/records/memory.ts';
import { projectFolder } from './runtime.mjs';

const journal = openMemoryJournal();
const app = await startApp({
  edges: {
    clock: realClock,
    chance: realChance,
    hashing: realHashing,
    journal,
    records: openMemoryRecords(),
    log: () => undefined,
  },
  hosts: { bind: '127.0.0.1', externalUrl: null, names: [] },
  externalUrl: 'http://127.0.0.1:4400',
});
const folder = join(projectFolder, 'docs', 'reference');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'command-line.md'), commandLineReference(commands));
writeFileSync(join(folder, 'permissions.md'), permissionTable(app.routes));
await app.stop();
await journal.close();
