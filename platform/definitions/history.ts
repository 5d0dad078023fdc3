import type { Actor, Fact } from '../../kernel/fact.ts';
import type { Millis } from '../../kernel/time.ts';
import type { Journal } from '../journal/journal.ts';
import type { Difference } from './diff.ts';
import { type Change, type DocumentFact, documentFold, documentSubject } from './facts.ts';
import type { DocumentName, Source } from './kind.ts';

/** One entry of a document's history. */
export interface HistoryEntry {
  readonly revision: number;
  readonly at: Millis;
  readonly actor: Actor;
  readonly change: Change | 'removed';
  readonly source: Source;
  readonly file: string;
  readonly diff: readonly Difference[];
}

const entryOf = ({ at, actor, type, data }: DocumentFact): HistoryEntry => {
  const { revision, source, file } = data;
  const same = { revision, at, actor, source, file };
  return type === 'definition.set'
    ? { ...same, change: data.change, diff: data.diff }
    : { ...same, change: 'removed', diff: [] };
};

/** Who changed a document, when and how; newest first, from its own facts. */
export async function historyOf(
  journal: Pick<Journal, 'read'>,
  document: DocumentName,
  limit: number,
): Promise<readonly HistoryEntry[]> {
  const facts: Fact[] = [];
  const pages = journal.read({ after: 0, subject: documentSubject(document), backwards: true, limit });
  for await (const page of pages) facts.push(...page);
  return facts.map((fact) => entryOf(documentFold.parse(fact) as DocumentFact));
}
