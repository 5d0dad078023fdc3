import { hash } from 'node:crypto';
import type { Seq } from '../../kernel/fact.ts';
import type { ChainFault, Head, Verification } from './journal.ts';
import { factOf, type Row } from './row.ts';

/** The hash before the first row. */
export const genesis: Head = { seq: 0, hash: '0'.repeat(64) };

/**
 * The hash of a row: SHA-256 in hex over the hash of the row before (64 hex characters) followed by this row's text. Both are
 * plain text, so that anyone can follow the chain with `sha256sum`.
 */
export const chainHash = (previous: string, text: string): string => hash('sha256', previous + text, 'hex');

const faultOf = (row: Row, type: string, detail: string): ChainFault => ({
  seq: row.seq,
  id: row.id,
  subject: row.subject,
  type,
  detail,
});

const lost = (seq: Seq, detail: string): ChainFault => ({ seq, id: '', subject: '', type: '', detail });

function readable(row: Row): ReturnType<typeof factOf> | null {
  try {
    return factOf(row.text);
  } catch {
    return null;
  }
}

/** Holds one row against the one before it. Null when it follows. */
export function linkFault(previous: Head, row: Row): ChainFault | null {
  if (row.seq !== previous.seq + 1) {
    return lost(previous.seq + 1, `fact ${previous.seq + 1} is missing: fact ${row.seq} follows fact ${previous.seq}`);
  }
  const fact = readable(row);
  if (fact === null) return faultOf(row, '', `the text of fact ${row.seq} was changed: it is not readable any more`);
  if (chainHash(previous.hash, row.text) !== row.hash) {
    return faultOf(
      row,
      fact.type,
      `fact ${row.seq} was changed or put in: its hash does not follow from its text and fact ${previous.seq}`,
    );
  }
  for (const column of ['seq', 'id', 'subject', 'version'] as const) {
    if (fact[column] !== row[column]) {
      const detail = `column ${column} of fact ${row.seq} was changed to ${JSON.stringify(row[column])}: its text says ${JSON.stringify(fact[column])}`;
      return faultOf(row, fact.type, detail);
    }
  }
  return null;
}

/** What to hold against each other. */
export interface ChainWalk {
  /** The row before the first one walked; `genesis` for a walk from the start. */
  readonly from: Head;
  /** Rows after `from` up to the end, in order, in pages. */
  readonly pages: AsyncIterable<readonly Row[]>;
  /** Where the walk must end. The hash is the one that the store keeps as its head; null for a range that ends before it. */
  readonly end: { readonly seq: Seq; readonly hash: string | null };
  /** A row beyond the head, seen in the same moment as the head: nothing may stand there. */
  readonly stray: Row | null;
}

/** Walks the chain and stops at the first fault. */
export async function walkChain(walk: ChainWalk): Promise<Verification> {
  let head = walk.from;
  const answer = (fault: ChainFault | null): Verification => ({ factsChecked: head.seq - walk.from.seq, head, fault });
  for await (const page of walk.pages) {
    for (const row of page) {
      const fault = linkFault(head, row);
      if (fault !== null) return answer(fault);
      head = { seq: row.seq, hash: row.hash };
    }
  }
  return answer(endFault(head, walk));
}

function endFault(found: Head, { end, stray }: ChainWalk): ChainFault | null {
  if (found.seq < end.seq) {
    return lost(found.seq + 1, `fact ${found.seq + 1} is missing: the journal went on to fact ${end.seq}`);
  }
  if (end.hash !== null && end.hash !== found.hash) {
    return lost(
      found.seq,
      `fact ${found.seq} was changed together with its hash: the journal's head holds another hash`,
    );
  }
  if (stray === null) return null;
  const type = readable(stray)?.type ?? '';
  return faultOf(stray, type, `fact ${stray.seq} was put in: the journal ends at fact ${end.seq}`);
}
