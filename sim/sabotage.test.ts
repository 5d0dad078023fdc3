import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FactId } from '../kernel/fact.ts';
import type { Journal } from '../platform/journal/journal.ts';
import { bootApp } from './boot-app.ts';
import { reportOf } from './report.ts';
import type { Boot, Server, ServerEdges } from './server-host.ts';
import { type RunResult, runSeed } from './sim.ts';
import { worldStartAt } from './world.ts';

/** A product with a bug: the real one over edges, or behind a door, that do wrong. The simulation must see it. */

const over =
  (change: (edges: ServerEdges) => Partial<ServerEdges>): Boot =>
  (edges) =>
    bootApp({ ...edges, ...change(edges) });

const behind =
  (change: (server: Server) => Server['dispatch']): Boot =>
  async (edges) => {
    const server = await bootApp(edges);
    return { ...server, dispatch: change(server) };
  };

const appending = (journal: Journal, append: Journal['append']): Journal => ({ ...journal, append });

const isRevision = (type: string): boolean => type === 'definitions.revision-applied';

const bugs: readonly (readonly [string, RegExp, Boot])[] = [
  [
    'records that keep what was erased',
    /the records still hold "\w+@harbour\.example"/,
    over(({ records }) => ({ records: { ...records, erase: async () => true } })),
  ],
  [
    'a server that does not see its clock jump',
    /was done in a session that lay idle too long|too old|token had expired/,
    over(({ clock }) => ({ clock: { ...clock, now: () => worldStartAt + clock.monotonic() } })),
  ],
  [
    'a server that refuses what it has done',
    /was refused with 403/,
    behind(({ dispatch }) => async (request) => {
      const response = await dispatch(request);
      return request.path === '/api/v1/definitions/apply' ? { ...response, status: 403 } : response;
    }),
  ],
  [
    'a password that is not looked at',
    /a wrong password signed \w+ in/,
    over(({ hashing }) => ({ hashing: { ...hashing, verifyPassword: async () => true } })),
  ],
  [
    'a writer that writes again under new ids',
    /comes after|follows|is of revision|was in force already/,
    over(({ journal }) => ({
      journal: appending(journal, async (batch) => {
        const result = await journal.append(batch);
        const again = batch.facts.map((fact) => ({ ...fact, id: `${fact.id}x` as FactId }));
        if (again.some(({ type }) => isRevision(type))) await journal.append({ facts: again, expected: [] });
        return result;
      }),
    })),
  ],
  [
    'an address in a fact',
    /holds "ana@harbour\.example", which no fact may/,
    over(({ journal }) => ({
      journal: appending(journal, (batch) => {
        const facts = batch.facts.map((fact) =>
          isRevision(fact.type) ? { ...fact, data: { ...fact.data, by: 'Ana@harbour.example' } } : fact,
        );
        return journal.append({ ...batch, facts });
      }),
    })),
  ],
  [
    'an exception on the way',
    /answered by an exception/,
    behind(({ dispatch }) => async (request) => {
      if (request.path === '/api/v1/audit') throw new TypeError('a bug');
      return await dispatch(request);
    }),
  ],
  [
    'a request that hangs',
    /GET \/readyz was not answered within 60000 ms/,
    behind(
      ({ dispatch }) =>
        (request) =>
          request.path === '/readyz' ? new Promise(() => undefined) : dispatch(request),
    ),
  ],
];

const seedCountMax = 20;

async function firstFailure(boot: Boot): Promise<RunResult | null> {
  for (let seed = 1; seed <= seedCountMax; seed += 1) {
    const result = await runSeed(String(seed), { boot });
    if (result.failure !== null) return result;
  }
  return null;
}

describe('sabotage', () => {
  for (const [what, expected, boot] of bugs) {
    test(`sabotage: the simulation finds ${what}, and the seed finds it again`, async () => {
      const found = await firstFailure(boot);
      assert.ok(found?.failure, `nothing was found in ${seedCountMax} seeds`);
      assert.match(found.failure.message, expected);
      const again = await runSeed(found.seed, { boot });
      assert.equal(again.history.hash, found.history.hash);
      assert.equal(again.failure?.message, found.failure.message);
      assert.match(
        reportOf(found, false),
        new RegExp(`replay it: npm run sim -- --seeds 1 --from ${found.seed} --history`),
      );
    });
  }
});
