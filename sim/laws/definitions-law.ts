import type { Fact, Subject } from '../../kernel/fact.ts';
import { canonicalJson, type JsonValue } from '../../kernel/json.ts';
import { type Law, nameOf } from './law.ts';

/** A document in force, as the facts tell it. */
export interface InForce {
  readonly revision: number;
  readonly file: string;
  readonly source: string;
  readonly body: string;
}

const textOf = (value: JsonValue | undefined): string => canonicalJson(value ?? null);

const inForceOf = ({ data }: Fact): InForce => ({
  revision: Number(data.revision),
  file: String(data.file),
  source: textOf(data.source),
  body: textOf(data.body),
});

/** The documents in force after some facts, by subject. */
export function documentsInForce(facts: readonly Fact[]): ReadonlyMap<Subject, InForce> {
  const inForce = new Map<Subject, InForce>();
  for (const fact of facts) {
    if (fact.type === 'definition.set') inForce.set(fact.subject, inForceOf(fact));
    if (fact.type === 'definition.removed') inForce.delete(fact.subject);
  }
  return inForce;
}

const isSame = (left: InForce, right: InForce): boolean =>
  left.body === right.body && left.file === right.file && left.source === right.source;

/** At most one document of a name is in force, and applying what is in force again changes nothing. */
export const inForceLaw: Law = ({ facts }) => {
  const inForce = new Map<Subject, InForce>();
  return facts.flatMap((fact) => {
    const before = inForce.get(fact.subject);
    if (fact.type === 'definition.set') {
      const after = inForceOf(fact);
      inForce.set(fact.subject, after);
      const isRepeated = before !== undefined && isSame(before, after);
      return isRepeated ? [`${nameOf(fact)}: was in force already`] : [];
    }
    if (fact.type !== 'definition.removed') return [];
    inForce.delete(fact.subject);
    return before === undefined ? [`${nameOf(fact)}: was not in force`] : [];
  });
};

/** Revisions go up by one, and each document's facts carry the revision that they were applied in. */
export const revisionLaw: Law = ({ facts }) => {
  let applied = 0;
  return facts.flatMap((fact) => {
    const isRevision = fact.type === 'definitions.revision-applied';
    if (!isRevision && !fact.subject.startsWith('definition/')) return [];
    const expected = applied + 1;
    if (isRevision) applied = expected;
    return fact.data.revision === expected
      ? []
      : [`${nameOf(fact)}: is of revision ${fact.data.revision}, not ${expected}`];
  });
};
