import { run } from './run.ts';

// What this program writes (facts, hashes of passwords, backups) is for its owner.
process.umask(0o077);

process.exitCode = await run(process.argv.slice(2));
