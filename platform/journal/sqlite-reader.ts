import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Fact, Seq, Subject, Version } from '../../kernel/fact.ts';
import { type Head, JournalFailure, type ReadOptions } from './journal.ts';
import { factOf, factsOf, type Row } from './row.ts';

/** Facts of a page: some milliseconds of work, then the event loop has its turn. */
export const pageFactCountMax = 1_000;

/**
 * Facts read as one text: a statement and a parse for each of them cost half as much again. Longer texts leave the processor's
 * cache and cost more.
 */
const groupFactCount = 200;

/** What a page is cut from: numbers in (after, upTo]. */
interface PageOptions {
  readonly after: Seq;
  readonly upTo: Seq;
  readonly subject: Subject | null;
  readonly backwards: boolean;
  readonly limit: number;
}

/** Reads a row, or says where the damage is: what a person sees when the server does not start. */
function readable(text: string): Fact {
  try {
    return factOf(text);
  } catch (cause) {
    const seq = /^\[(\d+),/.exec(text)?.[1] ?? 'unknown';
    const detail = `fact ${seq} of the journal is damaged and cannot be read: found ${JSON.stringify(text.slice(0, 60))}`;
    throw new JournalFailure(`${detail}. Run plimsoll doctor, then restore a backup`, { cause });
  }
}

const isInOrder = (facts: readonly Fact[]): boolean =>
  facts.every((fact, index) => index === 0 || fact.seq > (facts[index - 1]?.seq ?? 0));

/** Reads by a connection that cannot write, page by page, so that no read holds the log for long. */
export class SqliteReader {
  readonly #database: DatabaseSync;
  readonly #selectPage: Readonly<Record<'all' | 'allBack' | 'subject' | 'subjectBack', StatementSync>>;
  readonly #selectGroup: StatementSync;
  readonly #selectRows: StatementSync;
  readonly #selectHead: StatementSync;
  readonly #selectVersion: StatementSync;
  readonly #selectChange: StatementSync;
  readonly #selectStray: StatementSync;

  /** @param database a connection of its own; closed with it */
  constructor(database: DatabaseSync) {
    this.#database = database;
    const page = (where: string): StatementSync => {
      const statement = this.#database.prepare(`SELECT text FROM facts WHERE ${where} LIMIT ?`);
      statement.setReturnArrays(true);
      return statement;
    };
    // The plus sign keeps SQLite from walking all numbers where the subject's own index is shorter.
    const ofSubject = 'subject = ? AND +seq > ? AND +seq <= ?';
    this.#selectPage = {
      all: page('seq > ? AND seq <= ? ORDER BY seq'),
      allBack: page('seq > ? AND seq <= ? ORDER BY seq DESC'),
      subject: page(`${ofSubject} ORDER BY version`),
      subjectBack: page(`${ofSubject} ORDER BY version DESC`),
    };
    this.#selectGroup = this.#database.prepare(`
      SELECT '[' || group_concat(text) || ']', count(*)
      FROM (SELECT text FROM facts WHERE seq > ? ORDER BY seq LIMIT ${groupFactCount})
    `);
    this.#selectGroup.setReturnArrays(true);
    this.#selectRows = this.#database.prepare(
      'SELECT seq, id, subject, version, text, hash FROM facts WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
    );
    this.#selectHead = this.#database.prepare('SELECT seq, hash FROM head');
    this.#selectVersion = this.#database.prepare('SELECT max(version) AS version FROM facts WHERE subject = ?');
    this.#selectChange = this.#database.prepare('PRAGMA data_version');
    this.#selectStray = this.#database.prepare(`
      SELECT head.seq AS headSeq, head.hash AS headHash, facts.seq, id, subject, version, text, facts.hash
      FROM head LEFT JOIN facts ON facts.seq = (SELECT min(seq) FROM facts WHERE seq > head.seq)
    `);
  }

  head(): Head {
    const { seq, hash } = this.#selectHead.get() as unknown as Head;
    return { seq, hash };
  }

  versionOf(subject: Subject): Version {
    return Number(this.#selectVersion.get(subject)?.version ?? 0);
  }

  /** A number that differs from the last one when another connection has written since. */
  change(): number {
    return Number(this.#selectChange.get()?.data_version);
  }

  /** The next page after a position. */
  pageAfter(after: Seq): readonly Fact[] {
    const page: Fact[] = [];
    while (page.length < pageFactCountMax) {
      const group = this.#groupAfter(page.at(-1)?.seq ?? after);
      for (const fact of group) page.push(fact);
      if (group.length < groupFactCount) break;
    }
    return page;
  }

  #groupAfter(after: Seq): readonly Fact[] {
    const [texts, count] = this.#selectGroup.get(after) as unknown as readonly [string | null, number];
    const facts = texts === null ? [] : factsOf(texts);
    // The order of an aggregate is not promised, so it is looked at. https://www.sqlite.org/lang_aggfunc.html
    if (facts !== null && facts.length === count && isInOrder(facts)) return facts;
    // A row is damaged: read one by one, the fault names its place.
    const upTo = Number.MAX_SAFE_INTEGER;
    return this.#page({ after, upTo, subject: null, backwards: false, limit: groupFactCount });
  }

  /** Pages of what was asked for, as it stood when the reading began. */
  *pages(options: ReadOptions): Generator<readonly Fact[]> {
    let { after, upTo = Number.MAX_SAFE_INTEGER, limit: left = Number.POSITIVE_INFINITY } = options;
    const { subject = null, backwards = false } = options;
    upTo = Math.min(upTo, this.head().seq);
    while (left > 0) {
      const facts = this.#page({ after, upTo, subject, backwards, limit: Math.min(left, pageFactCountMax) });
      const last = facts.at(-1);
      if (last === undefined) return;
      left -= facts.length;
      if (backwards) upTo = last.seq - 1;
      else after = last.seq;
      yield facts;
    }
  }

  /** The head and the first row beyond it, of one moment. */
  headAndStray(): { readonly head: Head; readonly stray: Row | null } {
    const { headSeq, headHash, ...row } = this.#selectStray.get() as unknown as Row & {
      headSeq: Seq;
      headHash: string;
    };
    return { head: { seq: headSeq, hash: headHash }, stray: row.seq === null ? null : row };
  }

  /** Rows with their hashes, after a position, for a walk along the chain. */
  rowsAfter(after: Seq, upTo: Seq): readonly Row[] {
    return this.#selectRows.all(after, upTo, pageFactCountMax) as unknown as readonly Row[];
  }

  close(): void {
    this.#database.close();
  }

  #page({ after, upTo, subject, backwards, limit }: PageOptions): readonly Fact[] {
    const { all, allBack, subject: own, subjectBack: ownBack } = this.#selectPage;
    const rows =
      subject === null
        ? (backwards ? allBack : all).all(after, upTo, limit)
        : (backwards ? ownBack : own).all(subject, after, upTo, limit);
    return (rows as unknown as readonly (readonly [string])[]).map((row) => readable(row[0]));
  }
}
