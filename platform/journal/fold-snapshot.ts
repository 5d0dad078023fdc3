import type { Seq, Subject, Version } from '../../kernel/fact.ts';
import type { JsonValue } from '../../kernel/json.ts';
import { type Entry, SubjectTable, WholeCell } from './fold-table.ts';
import type { Journal, Snapshot } from './journal.ts';
import type { AnyFold, SubjectFold, WholeFold } from './ledger.ts';

/** Entries written between two breaths: some milliseconds of work, so that requests are answered meanwhile. */
const sliceEntryCountMax = 2_000;

interface SubjectBody {
  /** The chain's hash at the snapshot's fact: a snapshot of another history (after a restore) is told by it. */
  readonly chain: string;
  readonly entries: readonly (readonly [Subject, Version, JsonValue])[];
}

interface WholeBody {
  readonly chain: string;
  readonly state: JsonValue;
}

/** Lets other work go first. */
export type Breathe = () => Promise<void>;

/** The chain's hash at a fact of the journal; null when the journal ends before it or has a fault there. */
async function chainAt(journal: Journal, seq: Seq): Promise<string | null> {
  const { head, fault } = await journal.verify({ after: seq - 1, upTo: seq });
  return fault === null && head.seq === seq ? head.hash : null;
}

/** What a snapshot holds, when it fits the fold and the journal; null otherwise: then the journal is folded from the start. */
async function bodyOf<Body extends { readonly chain: string }>(
  journal: Journal,
  fold: AnyFold,
): Promise<{ seq: Seq; body: Body } | null> {
  const snapshot = await journal.loadSnapshot(fold.name);
  if (snapshot === null || snapshot.shape !== fold.shape) return null;
  if (snapshot.seq > (await journal.head()).seq) return null;
  const body = parsed<Body>(snapshot);
  return body !== null && body.chain === (await chainAt(journal, snapshot.seq)) ? { seq: snapshot.seq, body } : null;
}

function parsed<Body>(snapshot: Snapshot): Body | null {
  try {
    return JSON.parse(new TextDecoder().decode(snapshot.body)) as Body;
  } catch {
    return null;
  }
}

/** The table of a fold as its last snapshot left it, or an empty one. */
export async function loadTable(journal: Journal, fold: SubjectFold): Promise<SubjectTable> {
  const found = await bodyOf<SubjectBody>(journal, fold);
  if (found === null) return new SubjectTable(fold);
  const entries = found.body.entries.map(([subject, version, state]): readonly [Subject, Entry] => [
    subject,
    { state, version },
  ]);
  return new SubjectTable(fold, { seq: found.seq, entries });
}

/** The cell of a fold as its last snapshot left it, or an empty one. */
export async function loadCell(journal: Journal, fold: WholeFold): Promise<WholeCell> {
  const found = await bodyOf<WholeBody>(journal, fold);
  return found === null ? new WholeCell(fold) : new WholeCell(fold, { seq: found.seq, state: found.body.state });
}

/**
 * Takes a snapshot of every holder. The states are picked up in one turn, so that all are of the same fact; their text is
 * made slice by slice after that, because states never change in place.
 */
export async function saveSnapshots(
  journal: Journal,
  seq: Seq,
  holders: { readonly tables: Iterable<SubjectTable>; readonly cells: Iterable<WholeCell> },
  breathe: Breathe,
): Promise<void> {
  const tables = [...holders.tables].map((table) => ({ fold: table.fold, entries: table.entries() }));
  const cells = [...holders.cells].map((cell) => ({ fold: cell.fold, state: cell.state }));
  const chain = await chainAt(journal, seq);
  if (chain === null) return;
  const save = (fold: AnyFold, text: string): Promise<void> =>
    journal.saveSnapshot({ name: fold.name, shape: fold.shape, seq, body: new TextEncoder().encode(text) });
  for (const { fold, entries } of tables) {
    await save(fold, `{"chain":"${chain}","entries":[${await entriesText(entries, breathe)}]}`);
  }
  for (const { fold, state } of cells) await save(fold, JSON.stringify({ chain, state } satisfies WholeBody));
}

async function entriesText(entries: SubjectBody['entries'], breathe: Breathe): Promise<string> {
  const slices: string[] = [];
  for (let start = 0; start < entries.length; start += sliceEntryCountMax) {
    slices.push(JSON.stringify(entries.slice(start, start + sliceEntryCountMax)).slice(1, -1));
    await breathe();
  }
  return slices.join(',');
}
