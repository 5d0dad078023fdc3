import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fact, subjectOf } from '../kernel/fact.ts';
import type { JsonValue } from '../kernel/json.ts';
import { realClock } from '../platform/edge/clock.ts';
import type { FactToAppend, Journal } from '../platform/journal/journal.ts';
import type { SubjectFold } from '../platform/journal/ledger.ts';
import { openLedger } from '../platform/journal/open-ledger.ts';
import { openSqliteJournal } from '../platform/journal/sqlite.ts';
import { nextFactId, testIds } from '../platform/journal/testing.ts';
import { BareTable } from './journal-baseline.ts';
import { type Figure, figureText, machineName, rateOf, type Sample, sampleOf } from './measure.ts';

/**
 * How fast the journal is: `node bench/journal.ts`. Options: `--facts N` of the fold at start, `--runs N` of each figure.
 */
const optionOf = (name: string, otherwise: number): number => {
  const place = process.argv.indexOf(`--${name}`);
  return place === -1 ? otherwise : Number(process.argv[place + 1]);
};

const foldFactCount = optionOf('facts', 1_000_000);
const runCount = optionOf('runs', 5);
const singleCount = 1_000;
const concurrentCount = 10_000;
const laneCount = 64;
const batchFactCount = 1_000;
const batchCount = 50;

type Alert = {
  readonly firedAt: number;
  readonly severity: string;
  readonly count: number;
  readonly labels: JsonValue;
};

let made = 0;

/** A fact as they are in use: some 230 bytes of data, five facts to a subject, subjects one after the other. */
function alertFact(): FactToAppend {
  made += 1;
  const alert = Math.floor(made / 5);
  return {
    id: nextFactId(),
    at: 1_763_766_000_000 + made,
    type: made % 5 === 0 ? 'alert.fired' : 'alert.repeated',
    subject: subjectOf('alert', `alr_01kamaapc0${String(alert).padStart(16, '0')}`),
    actor: 'system:alerting',
    data: {
      service: 'checkout',
      severity: 'page',
      summary: 'Checkout answers too slowly: p99 2.31 s, expected at most 0.8 s',
      value: 2.31 + made / 1e6,
      labels: { region: 'eu-west-1', tier: '1', team: 'payments', version: '2025.11.4' },
      runbook: 'runbooks/checkout-slow.md',
    },
    cause: 'fact:fct_01kamaapc00000000000000000',
  };
}

const alertFacts = (count: number): readonly FactToAppend[] => Array.from({ length: count }, alertFact);

const alerts: SubjectFold<Alert, Fact> = {
  name: 'alerts',
  shape: 1,
  noun: 'alert',
  initial: { firedAt: 0, severity: '', count: 0, labels: null },
  parse: (fact) => fact,
  apply: (alert, { at, data }) => ({
    firedAt: alert.firedAt === 0 ? at : alert.firedAt,
    severity: String(data.severity),
    count: alert.count + 1,
    labels: data.labels ?? null,
  }),
};

async function append(journal: Journal, facts: readonly FactToAppend[]): Promise<void> {
  const result = await journal.append({ facts, expected: [] });
  if (result.outcome !== 'appended') throw new Error(`the benchmark's append was refused: ${JSON.stringify(result)}`);
}

/** Runs work on each item, so many at once. */
async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

/** Measures several runs; what each of them works on is made before its time begins. */
async function runsOf<Input>(
  make: () => Input,
  run: (input: Input) => Promise<void> | void,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < runCount; round += 1) {
    const input = make();
    samples.push(await sampleOf(() => run(input)));
  }
  return samples;
}

async function appendFigures(journal: Journal): Promise<readonly Figure[]> {
  const batches = (): readonly (readonly FactToAppend[])[] =>
    Array.from({ length: batchCount }, () => alertFacts(batchFactCount));
  return [
    {
      name: 'append, one at a time',
      count: singleCount,
      unit: 'appends',
      samples: await runsOf(
        () => alertFacts(singleCount),
        (facts) => inLanes(facts, 1, (fact) => append(journal, [fact])),
      ),
    },
    {
      name: `append, one fact each, ${laneCount} under way`,
      count: concurrentCount,
      unit: 'appends',
      goal: { perSecondMin: 2_000 },
      samples: await runsOf(
        () => alertFacts(concurrentCount),
        (facts) => inLanes(facts, laneCount, (fact) => append(journal, [fact])),
      ),
    },
    {
      name: `append, batches of ${batchFactCount}, 4 under way`,
      count: batchCount * batchFactCount,
      unit: 'facts',
      goal: { perSecondMin: 50_000 },
      samples: await runsOf(batches, (all) => inLanes(all, 4, (facts) => append(journal, facts))),
    },
  ];
}

async function bareFigures(file: string): Promise<readonly Figure[]> {
  const table = new BareTable(file);
  const figures: readonly Figure[] = [
    {
      name: 'bare table, one at a time',
      count: singleCount,
      unit: 'inserts',
      samples: await runsOf(
        () => alertFacts(singleCount),
        (facts) => {
          for (const fact of facts) table.append([fact]);
        },
      ),
    },
    {
      name: `bare table, transactions of ${batchFactCount}`,
      count: batchCount * batchFactCount,
      unit: 'inserts',
      samples: await runsOf(
        () => Array.from({ length: batchCount }, () => alertFacts(batchFactCount)),
        (all) => {
          for (const facts of all) table.append(facts);
        },
      ),
    },
  ];
  table.close();
  return figures;
}

async function foldFigure(file: string): Promise<Figure> {
  const filling = await openSqliteJournal({ file });
  let missing = foldFactCount - (await filling.head()).seq;
  for (; missing > 0; missing -= 10_000) await append(filling, alertFacts(Math.min(missing, 10_000)));
  await filling.close();
  const samples = await runsOf(
    () => undefined,
    async () => {
      const journal = await openSqliteJournal({ file, clock: realClock });
      const snapshotEvery = Number.POSITIVE_INFINITY;
      const ledger = await openLedger({ journal, clock: realClock, ids: testIds, folds: [alerts], snapshotEvery });
      await ledger.close();
      await journal.close();
    },
  );
  return {
    name: `fold of ${foldFactCount.toLocaleString('en')} facts at start, without a snapshot`,
    count: foldFactCount,
    unit: 'facts',
    goal: { secondsMax: (3 * foldFactCount) / 1_000_000 },
    samples,
  };
}

const ratio = (figure: Figure | undefined, to: Figure | undefined): string =>
  figure === undefined || to === undefined ? '?' : (rateOf(figure) / rateOf(to)).toFixed(2);

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  const file = join(folder, 'journal.db');
  const journal = await openSqliteJournal({ file });
  const appends = await appendFigures(journal);
  await journal.close();
  const bare = await bareFigures(join(folder, 'bare.db'));
  const fold = await foldFigure(file);
  const [alone, together, batched] = appends;
  const [bareAlone, bareBatched] = bare;
  const dataBytes = Buffer.byteLength(JSON.stringify(alertFact().data));
  const lines = [
    `journal on ${machineName()}; facts with ${dataBytes} bytes of data`,
    ...[...appends, ...bare, fold].map(figureText),
    'journal to bare table (rate; above 1 the journal is faster)',
    `  one at a time ${ratio(alone, bareAlone)}, ${laneCount} under way to one at a time ${ratio(together, bareAlone)}, batches ${ratio(batched, bareBatched)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
