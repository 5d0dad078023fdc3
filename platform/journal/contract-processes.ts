import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { ProcessOpener } from './contract.ts';

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
export async function runWriters(opener: ProcessOpener, counts: WriterCounts): Promise<void> {
  await Promise.all(Array.from({ length: counts.processes }, () => runWriter(opener, counts.commands)));
}
