import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { collect, type Law, type ProcessOpener } from './contract-tools.ts';

/** How many processes write, and how many commands each of them issues. */
export interface WriterCounts {
  readonly processes: number;
  readonly commands: number;
}

async function runWriter(opener: ProcessOpener, commandCount: number): Promise<void> {
  const script = fileURLToPath(new URL('./contract-writer.ts', import.meta.url));
  const writer = spawn(process.execPath, [script, opener.module.href, opener.argument, String(commandCount)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [complaints, [code]] = await Promise.all([text(writer.stderr), once(writer, 'exit')]);
  assert.equal(code, 0, `a writing process failed:\n${complaints}`);
}

/** Runs writers side by side until all have ended well; each command is two facts, one of them on a subject they share. */
async function runWriters(opener: ProcessOpener, counts: WriterCounts): Promise<void> {
  await Promise.all(Array.from({ length: counts.processes }, () => runWriter(opener, counts.commands)));
}

export function writerLaws(law: Law): void {
  law('writers: several processes append, no fact is lost, doubled or out of order', async ({ journal, store }) => {
    if (store.opener === null) return;
    const counts = { processes: 3, commands: 60 };
    await runWriters(store.opener, counts);
    assert.equal(await journal.versionOf('parcel/shared'), counts.processes * counts.commands);
    const facts = await collect(journal.read({ after: 0 }));
    assert.deepEqual(
      facts.map((fact) => fact.seq),
      facts.map((_, index) => index + 1),
    );
    assert.equal(new Set(facts.map((fact) => fact.id)).size, facts.length);
    assert.equal((await journal.verify()).fault, null);
  });

  law('writers: a process follows what another appends', async ({ journal, store }) => {
    if (store.opener === null) return;
    const stop = new AbortController();
    const written = runWriters(store.opener, { processes: 1, commands: 20 });
    let last = 0;
    for await (const page of journal.follow(0, stop.signal)) {
      assert.equal(page[0]?.seq, last + 1);
      last = page.at(-1)?.seq ?? last;
      if (last === 40) stop.abort();
    }
    await written;
  });
}
