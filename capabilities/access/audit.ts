import type { Actor, Fact, Seq, Subject } from '../../kernel/fact.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Millis } from '../../kernel/time.ts';
import type { Parts } from './parts.ts';
import { type RefusalWindow, refusalsFold } from './refusals.ts';
import { namesOf } from './view.ts';

export interface AuditAsked {
  /** Facts with a smaller number; the newest when left out. */
  readonly before?: Seq;
  readonly limit: number;
  /** Such as `user:usr_…`. */
  readonly actor?: string;
  /** A whole type, such as `session.started`, or the noun before its point, such as `session`. */
  readonly type?: string;
}

export interface AuditEntry {
  readonly seq: Seq;
  readonly at: Millis;
  readonly type: string;
  readonly actor: Actor;
  readonly actorName: string;
  readonly subject: Subject;
  readonly subjectName: string;
  readonly data: JsonObject;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** What strangers were refused, newest first: counts by code. */
  readonly refusals: readonly RefusalWindow[];
  /** `before` of the next page; null at the beginning of the journal. */
  readonly next: Seq | null;
}

/** Facts that one request looks at, at the most: a filter that hardly ever fits pages on with `next` instead of stalling. */
export const scanCountMax = 20_000;

const fits = (fact: Fact, asked: AuditAsked): boolean =>
  (asked.actor === undefined || fact.actor === asked.actor) &&
  (asked.type === undefined || fact.type === asked.type || fact.type.startsWith(`${asked.type}.`));

/** Who did what, when: facts newest first, a page at a time. A page may be short, or empty, with a `next`. */
export async function viewAudit(parts: Parts, asked: AuditAsked): Promise<AuditPage> {
  const upTo = Math.min(asked.before === undefined ? Infinity : asked.before - 1, parts.ledger.position());
  const after = Math.max(0, upTo - scanCountMax);
  const found: Fact[] = [];
  let isFull = false;
  if (upTo > 0) {
    for await (const page of parts.readFacts({ after, upTo, backwards: true })) {
      found.push(...page.filter((fact) => fits(fact, asked)));
      isFull = found.length >= asked.limit;
      if (isFull) break;
    }
  }
  const facts = found.slice(0, asked.limit);
  const reached = isFull ? (facts.at(-1)?.seq ?? 1) : after + 1;
  const nameOf = await namesOf(parts);
  return {
    entries: facts.map(({ seq, at, type, actor, subject, data }) => ({
      seq,
      at,
      type,
      actor,
      actorName: nameOf(actor),
      subject,
      subjectName: nameOf(subject),
      data,
    })),
    refusals: parts.ledger.whole(refusalsFold),
    next: reached > 1 ? reached : null,
  };
}
