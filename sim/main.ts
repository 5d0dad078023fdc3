import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reportOf } from './report.ts';
import { runScript } from './run-script.ts';
import { runSeed } from './sim.ts';

/**
 * `npm run sim -- --seeds N [--from SEED]`: runs so many seeds, one after the other, and stops at the first that breaks a law.
 * `--history` prints what happened; `--script FILE` plays a script instead.
 */

const help = `npm run sim -- --seeds N [--from SEED] [--history]
npm run sim -- --script FILE [--history]

--seeds N      how many seeds to run (100)
--from SEED    the first of them (1)
--script FILE  play a script; see sim/README.md for its language
--history      print all that happened
`;

const out = (text: string): void => void process.stdout.write(`${text}\n`);

const wholeNumber = (text: string, flag: string): number => {
  if (!/^\d{1,12}$/.test(text)) throw new Error(`--${flag} is "${text}"; expected a whole number`);
  return Number(text);
};

async function runSeeds(count: number, from: number, showsHistory: boolean): Promise<number> {
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await runSeed(String(seed));
    out(reportOf(result, showsHistory));
    if (result.failure !== null) return 1;
  }
  return 0;
}

async function playScript(file: string, showsHistory: boolean): Promise<number> {
  const { failure, history } = await runScript(readFileSync(file, 'utf8'), file);
  if (showsHistory || failure !== null) out(history.lines.join('\n'));
  out(failure === null ? `${file} holds` : failure.message);
  return failure === null ? 0 : 1;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      script: { type: 'string' },
      history: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    out(help);
    return 0;
  }
  if (values.script !== undefined) return await playScript(values.script, values.history);
  return await runSeeds(wholeNumber(values.seeds, 'seeds'), wholeNumber(values.from, 'from'), values.history);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  process.exitCode = 2;
}
