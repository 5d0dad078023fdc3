import type { Fact, Seq } from '../kernel/fact.ts';
import { canonicalJson } from '../kernel/json.ts';
import type { AppendResult, Batch, FactToAppend, Journal } from '../platform/journal/journal.ts';

/** What the world knows of the journal from outside: what was asked of it, and what it acknowledged. */
export interface JournalBook {
  /** The last fact acknowledged; 0 before the first. */
  head(): Seq;
  /** A journal that writes down what is asked and answered. */
  watch(journal: Journal): Journal;
  /** Holds what a journal has against what was asked and acknowledged. Empty when all laws hold. */
  faultsOf(journal: Journal): Promise<readonly string[]>;
}

interface Asked {
  readonly batch: Batch;
  /** Null while nobody knows, as after a crash. */
  outcome: AppendResult['outcome'] | null;
}

const contentOf = ({ id, at, type, subject, actor, data, cause }: FactToAppend): string =>
  canonicalJson({ id, at, type, subject, actor, data, cause });

const textOf = (fact: Fact): string => canonicalJson({ ...fact });

/** Holds one batch against what stands from its first fact on. Empty when all of it is there as it was asked for. */
function faultsOfBatch(batch: Batch, there: readonly Fact[]): readonly string[] {
  const wrong = batch.facts.findIndex((asked, offset) => {
    const fact = there[offset];
    return fact === undefined || contentOf(fact) !== contentOf(asked);
  });
  return wrong < 0 ? [] : [`batch ${batch.facts[0]?.id} is there in part or changed, from its fact ${wrong + 1} on`];
}

/** Every fact stands there because a batch asked for it, and every batch stands there whole or not at all. */
function faultsOfBatches(asked: Iterable<Asked>, found: readonly Fact[]): readonly string[] {
  const placeById = new Map<string, number>(found.map((fact, place) => [fact.id, place]));
  const unexplained = new Set(found);
  const faults: string[] = [];
  for (const { batch, outcome } of asked) {
    const there = batch.facts.filter((fact) => placeById.has(fact.id));
    if (there.length === 0) continue;
    const start = placeById.get(batch.facts[0]?.id ?? '') ?? found.length;
    faults.push(...faultsOfBatch(batch, found.slice(start)));
    if (outcome !== null && outcome !== 'appended') faults.push(`a batch was refused (${outcome}) and is there`);
    for (const fact of found.slice(start, start + batch.facts.length)) unexplained.delete(fact);
  }
  return [...faults, ...[...unexplained].map((fact) => `fact ${fact.seq} was asked for by nobody: ${textOf(fact)}`)];
}

function faultsOfAcknowledged(acknowledged: ReadonlyMap<Seq, string>, found: readonly Fact[]): readonly string[] {
  return [...acknowledged].flatMap(([seq, text]) => {
    const fact = found[seq - 1];
    if (fact === undefined) return [`fact ${seq} was acknowledged and is lost: ${text}`];
    return textOf(fact) === text ? [] : [`fact ${seq} was acknowledged as ${text} and is now ${textOf(fact)}`];
  });
}

export function createJournalBook(): JournalBook {
  /** By the id of the first fact, which names a batch also when it is asked again. */
  const askedById = new Map<string, Asked>();
  const acknowledged = new Map<Seq, string>();
  let head: Seq = 0;

  const acknowledge = (facts: readonly Fact[]): void => {
    for (const fact of facts) {
      acknowledged.set(fact.seq, textOf(fact));
      head = Math.max(head, fact.seq);
    }
  };

  return {
    head: () => head,
    watch: (journal) => ({
      ...journal,
      async append(batch) {
        const first = batch.facts[0]?.id ?? '';
        const asked: Asked = { batch, outcome: null };
        if (askedById.get(first)?.outcome !== 'appended') askedById.set(first, asked);
        const result = await journal.append(batch);
        asked.outcome = result.outcome;
        if (result.outcome === 'appended') acknowledge(result.facts);
        return result;
      },
    }),
    async faultsOf(journal) {
      const found: Fact[] = [];
      for await (const page of journal.read({ after: 0 })) found.push(...page);
      const { fault } = await journal.verify();
      const chainFaults = fault === null ? [] : [`the chain does not verify at fact ${fault.seq}: ${fault.detail}`];
      return [
        ...chainFaults,
        ...faultsOfAcknowledged(acknowledged, found),
        ...faultsOfBatches(askedById.values(), found),
      ];
    },
  };
}
