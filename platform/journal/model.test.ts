import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Fact, Subject } from '../../kernel/fact.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Batch, Expectation, Journal, ReadOptions } from './journal.ts';
import { openMemoryJournal } from './memory.ts';
import { MemoryDisk } from './memory-disk.ts';
import { MemoryStore } from './memory-store.ts';
import { openForContract } from './sqlite-contract.ts';
import { parcelFact } from './testing.ts';

/** What a journal is, without any of its troubles: an array. */
class Model {
  readonly facts: Fact[] = [];

  versionOf(subject: Subject): number {
    return this.facts.filter((fact) => fact.subject === subject).length;
  }

  append({ facts, expected }: Batch): unknown {
    const known = this.facts.findIndex((fact) => fact.id === facts[0]?.id);
    if (known >= 0) return { outcome: 'appended', facts: this.facts.slice(known, known + facts.length) };
    for (const { subject, version } of expected) {
      const found = this.versionOf(subject);
      if (found !== version) return { outcome: 'version-conflict', subject, expected: version, found };
    }
    const from = this.facts.length;
    for (const fact of facts) {
      this.facts.push({ ...fact, seq: this.facts.length + 1, version: this.versionOf(fact.subject) + 1 });
    }
    return { outcome: 'appended', facts: this.facts.slice(from) };
  }

  read({ after, upTo = Number.POSITIVE_INFINITY, subject, backwards, limit }: ReadOptions): readonly Fact[] {
    const found = this.facts.filter(
      (fact) => fact.seq > after && fact.seq <= upTo && (subject === undefined || fact.subject === subject),
    );
    return (backwards ? found.reverse() : found).slice(0, limit);
  }
}

const subjects: readonly Subject[] = ['parcel/one', 'parcel/two', 'parcel/three'];
const anySubject = fc.constantFrom(...subjects);
/** Through its text once, so that the model and the journal hold objects of one make. */
const anyData = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
  .map((data) => JSON.parse(JSON.stringify(data)) as JsonObject);

type Step =
  | {
      readonly do: 'append';
      readonly facts: readonly (readonly [Subject, JsonObject])[];
      readonly guards: readonly (readonly [Subject, number])[];
    }
  | { readonly do: 'repeat'; readonly which: number }
  | { readonly do: 'read'; readonly options: ReadOptions }
  | { readonly do: 'reopen' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      facts: fc.array(fc.tuple(anySubject, anyData), { minLength: 1, maxLength: 5 }),
      // What is added to the true version: mostly nothing, so that most appends are granted.
      guards: fc.array(fc.tuple(anySubject, fc.constantFrom(0, 0, 0, 0, 1, -1)), { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      options: fc.record(
        { after: fc.nat(30), upTo: fc.nat(40), subject: anySubject, backwards: fc.boolean(), limit: fc.nat(10) },
        { requiredKeys: ['after'] },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

/** Takes the same steps on a journal and on the model. */
class Run {
  readonly #model = new Model();
  readonly #asked: Batch[] = [];
  readonly #open: () => Promise<Journal>;
  #journal: Journal;

  constructor(journal: Journal, open: () => Promise<Journal>) {
    this.#journal = journal;
    this.#open = open;
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'append') await this.#append(this.#batchOf(step));
    if (step.do === 'repeat') await this.#repeat(step.which);
    if (step.do === 'read') assert.deepEqual(await this.#read(step.options), this.#model.read(step.options));
    if (step.do === 'reopen') {
      await this.#journal.close();
      this.#journal = await this.#open();
    }
  }

  async end(): Promise<void> {
    assert.deepEqual(await this.#read({ after: 0 }), this.#model.facts);
    for (const subject of subjects)
      assert.equal(await this.#journal.versionOf(subject), this.#model.versionOf(subject));
    const { factsChecked, fault } = await this.#journal.verify();
    assert.deepEqual({ factsChecked, fault }, { factsChecked: this.#model.facts.length, fault: null });
    await this.#journal.close();
  }

  #batchOf(step: Extract<Step, { do: 'append' }>): Batch {
    const expected = step.guards.map(
      ([subject, offset]): Expectation => ({ subject, version: this.#model.versionOf(subject) + offset }),
    );
    return { facts: step.facts.map(([subject, data]) => parcelFact(subject, data)), expected };
  }

  async #append(batch: Batch): Promise<void> {
    const result = await this.#journal.append(batch);
    assert.deepEqual(result, this.#model.append(batch));
    if (result.outcome === 'appended') this.#asked.push(batch);
  }

  async #repeat(which: number): Promise<void> {
    const batch = this.#asked[which % Math.max(1, this.#asked.length)];
    if (batch !== undefined) assert.deepEqual(await this.#journal.append(batch), this.#model.append(batch));
  }

  async #read(options: ReadOptions): Promise<readonly Fact[]> {
    const facts: Fact[] = [];
    for await (const page of this.#journal.read(options)) facts.push(...page);
    return facts;
  }
}

interface Opened {
  readonly open: () => Promise<Journal>;
  readonly dispose: () => Promise<void>;
}

/** Runs of the memory adapter; the one on disk takes a tenth of them, because each opens files and a thread. */
const runCount = Number(process.env.PLIMSOLL_MODEL_RUNS ?? 150);

async function holdAgainstModel(openStore: () => Promise<Opened>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
      const { open, dispose } = await openStore();
      const run = new Run(await open(), open);
      for (const step of steps) await run.take(step);
      await run.end();
      await dispose();
    }),
    { numRuns, ...(process.env.CI === 'true' ? { seed: 20 } : {}) },
  );
}

test('journal in memory: does what an array would, also after it is opened again from its disk', async () => {
  await holdAgainstModel(async () => {
    const disk = new MemoryDisk();
    return { open: async () => openMemoryJournal({ store: new MemoryStore(disk) }), dispose: async () => undefined };
  }, runCount);
});

test('journal in SQLite: does what an array would, also after it is opened again', async () => {
  await holdAgainstModel(
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'plimsoll-model-'));
      return {
        open: () => openForContract(join(folder, 'journal.db')),
        dispose: () => rm(folder, { recursive: true }),
      };
    },
    Math.ceil(runCount / 10),
  );
});
